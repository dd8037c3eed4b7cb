import { readLink } from "@/lib/auth/links/take-link";
import { db } from "@/lib/db/client";
import { presentInvitations } from "@/lib/users/invitation-grant";

/** What an invitation grants, for whoever holds its link. Does not use it up. */
export async function readInvitation(token: string) {
  const [invitation] = await presentInvitations(db(), [await readLink(db(), "invitation", token)]);
  const { email, instanceRole, project, role, expiresAt } = invitation!;
  return { email, instanceRole, project, role, expiresAt };
}
