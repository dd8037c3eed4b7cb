import { randomUUID } from "node:crypto";
import { ANONYMOUS, type Actor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import type { InstanceRole } from "@/lib/db/generated/enums";

type NewPerson = { name: string; email: string; passwordHash: string; instanceRole: InstanceRole | null };

/** A person with a password, as better-auth keeps them: the account of provider "credential" bears the person's own id. */
export async function createPerson(tx: Tx, person: NewPerson): Promise<{ id: string; name: string; email: string }> {
  const id = randomUUID();
  await tx.user.create({
    data: {
      // A link that reached the address, or an owner's word, stands behind it: single sign-on under the same address may join.
      id, name: person.name, email: person.email, emailVerified: true, instanceRole: person.instanceRole,
      accounts: { create: { id: randomUUID(), accountId: id, providerId: "credential", password: person.passwordHash } },
    },
  });
  return { id, name: person.name, email: person.email };
}

/** The actor of someone who just proved who they are by a one-time link. */
export const actorOfNewPerson = (person: { id: string; name: string }, requestId: string | null): Actor =>
  ({ ...ANONYMOUS, kind: "user", id: person.id, userId: person.id, label: person.name, requestId });
