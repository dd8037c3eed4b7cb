import { z } from "zod";
import { isoTime } from "@/lib/api/schema";
import { newPasswordSchema } from "@/lib/auth/new-password-schema";
import { instanceRoleSchema, personNameSchema, projectRoleSchema } from "@/lib/users/schema";

export const meSchema = z.object({
  kind: z.enum(["user", "token"]),
  name: z.string(),
  user: z.object({ id: z.string(), name: z.string(), email: z.string(), hasPassword: z.boolean() }).nullable().meta({ description: "null for the bootstrap token" }),
  instanceRole: instanceRoleSchema.nullable(),
  scopes: z.array(z.string()).nullable().meta({ description: "null: a session, without limits of its own" }),
  permissions: z.array(z.string()).meta({ description: "On the instance" }),
  projects: z.array(z.object({ project: z.string(), displayName: z.string(), role: projectRoleSchema.or(instanceRoleSchema), permissions: z.array(z.string()) })),
}).meta({ id: "Me" });
export type MeDto = z.infer<typeof meSchema>;

export const updateMeSchema = z.strictObject({ name: personNameSchema }).meta({ id: "UpdateMe" });
export const changePasswordSchema = z.strictObject({ currentPassword: z.string().min(1, "must not be empty").max(256), newPassword: newPasswordSchema }).meta({ id: "ChangePassword" });

export const sessionSchema = z.object({
  id: z.string(), userAgent: z.string().nullable(), ipAddress: z.string().nullable(), createdAt: isoTime, lastUsedAt: isoTime, expiresAt: isoTime, current: z.boolean(),
}).meta({ id: "Session" });
export type SessionDto = z.infer<typeof sessionSchema>;
