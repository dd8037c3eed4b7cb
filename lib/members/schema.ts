import { z } from "zod";
import { isoTime, slugSchema } from "@/lib/api/schema";
import { projectRoleSchema } from "@/lib/users/schema";

export const memberSchema = z.object({ user: z.string(), name: z.string(), email: z.string(), role: projectRoleSchema, since: isoTime }).meta({ id: "Member" });
export type MemberDto = z.infer<typeof memberSchema>;
export const putMemberSchema = z.strictObject({ role: projectRoleSchema }).meta({ id: "PutMember", examples: [{ role: "deployer" }] });
/** A person is addressed by id or by e-mail address. */
export const memberParams = z.object({ project: slugSchema, user: z.string().min(1).max(254) });
