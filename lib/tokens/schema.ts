import { z } from "zod";
import { isoTime, slugSchema } from "@/lib/api/schema";
import { SCOPES } from "@/lib/auth/actor";

/** Days a token lives unless asked otherwise, and at most (owners may make one without an end). */
export const TOKEN_DAYS = { default: 90, max: 366 };

export const createTokenSchema = z.strictObject({
  name: z.string().trim().min(1, "must not be empty").max(80, "may have at most 80 characters"),
  scopes: z.array(z.enum(SCOPES)).min(1, "choose at least one").max(SCOPES.length).transform((s) => [...new Set(s)]),
  project: slugSchema.optional().meta({ description: "Limits the token to one project" }),
  expiresAt: z.iso.datetime().nullable().optional().meta({ description: `Default: in ${TOKEN_DAYS.default} days; at most one year ahead. null, for owners only: never` }),
}).meta({ id: "CreateToken" });

export const tokenSchema = z.object({
  id: z.string(), name: z.string(), prefix: z.string().meta({ description: "First characters, to tell tokens apart" }),
  scopes: z.array(z.enum(SCOPES)), project: z.string().nullable(), createdAt: isoTime, expiresAt: isoTime.nullable(), lastUsedAt: isoTime.nullable(),
  owner: z.string().nullable().meta({ description: "The person it acts for; null: an owner that is not a person" }),
}).meta({ id: "Token" });
export type TokenDto = z.infer<typeof tokenSchema>;

export const newTokenSchema = tokenSchema.extend({ token: z.string().meta({ description: "The token itself, shown only in this answer" }) }).meta({ id: "NewToken" });

export const listTokensQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
  all: z.enum(["true", "false"]).default("false").meta({ description: "true, for owners: everybody's tokens" }),
});
