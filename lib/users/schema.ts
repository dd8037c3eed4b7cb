import { z } from "zod";
import { isoTime } from "@/lib/api/schema";
import { newPasswordSchema } from "@/lib/auth/new-password-schema";

export const emailSchema = z.email("must be an e-mail address").max(254).transform((e) => e.toLowerCase()).meta({ example: "ada@example.com" });
export const personNameSchema = z.string().trim().min(1, "must not be empty").max(80, "may have at most 80 characters").regex(/^[^\p{C}<>]*$/u, "must not contain control characters or angle brackets");
export const linkTokenSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "is not a link of ours").meta({ description: "The part of the link after `#token=`" });
export const instanceRoleSchema = z.enum(["owner", "platform"]);
export const projectRoleSchema = z.enum(["deployer", "viewer"]);

export const setupSchema = z.strictObject({ token: linkTokenSchema, name: personNameSchema, email: emailSchema, password: newPasswordSchema }).meta({ id: "SetUp" });
export const setupStateSchema = z.object({ open: z.boolean().meta({ description: "true while nobody owns this Slipway" }) }).meta({ id: "SetUpState" });

export const userSchema = z.object({
  id: z.string(), name: z.string(), email: z.string(), instanceRole: instanceRoleSchema.nullable(), disabled: z.boolean(), createdAt: isoTime,
  lastSeenAt: isoTime.nullable().meta({ description: "Last use of any of the person's sessions" }),
  projects: z.array(z.object({ project: z.string(), role: projectRoleSchema })),
}).meta({ id: "User" });
export type UserDto = z.infer<typeof userSchema>;

export const updateUserSchema = z.strictObject({
  name: personNameSchema.optional(),
  instanceRole: instanceRoleSchema.nullable().optional().meta({ description: "null: rights come from projects only" }),
  disabled: z.boolean().optional(),
}).refine((u) => Object.keys(u).length > 0, "nothing to change").meta({ id: "UpdateUser" });

export const createInvitationSchema = z.strictObject({
  email: emailSchema,
  instanceRole: instanceRoleSchema.optional(),
  project: z.string().max(40).optional(),
  role: projectRoleSchema.optional(),
}).refine((i) => (i.instanceRole !== undefined) !== (i.project !== undefined && i.role !== undefined), "give either instanceRole, or project and role").meta({ id: "CreateInvitation" });

export const invitationSchema = z.object({
  id: z.string(), email: z.string(), instanceRole: instanceRoleSchema.nullable(), project: z.string().nullable(), role: projectRoleSchema.nullable(), createdAt: isoTime, expiresAt: isoTime,
}).meta({ id: "Invitation" });
export const sentLinkSchema = z.object({
  url: z.string().nullable().meta({ description: "The one-time link, shown only in this answer; null when it was sent by mail" }),
  sentTo: z.string().nullable(), expiresAt: isoTime,
}).meta({ id: "OneTimeLink" });
export const newInvitationSchema = invitationSchema.extend(sentLinkSchema.shape).meta({ id: "NewInvitation" });

export const readInvitationSchema = z.strictObject({ token: linkTokenSchema });
export const openInvitationSchema = z.object({ email: z.string(), instanceRole: instanceRoleSchema.nullable(), project: z.string().nullable(), role: projectRoleSchema.nullable(), expiresAt: isoTime });
export const acceptInvitationSchema = z.strictObject({ token: linkTokenSchema, name: personNameSchema, password: newPasswordSchema }).meta({ id: "AcceptInvitation" });
export const acceptedSchema = z.object({ email: z.string() });
export const resetPasswordSchema = z.strictObject({ token: linkTokenSchema, password: newPasswordSchema }).meta({ id: "ResetPassword" });
