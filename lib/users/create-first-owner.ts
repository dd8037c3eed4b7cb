import type { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import { takeLink } from "@/lib/auth/links/take-link";
import { hashPassword } from "@/lib/auth/passwords";
import { refuseWeakPassword } from "@/lib/auth/refuse-weak-password";
import { onUniqueViolation } from "@/lib/db/unique-violation";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { actorOfNewPerson, createPerson } from "@/lib/users/create-person";
import { countOwners, lockOwners } from "@/lib/users/owners";
import type { setupSchema } from "@/lib/users/schema";

/** Makes the first owner, by the set-up link. Of any number of callers one succeeds; conflict once there is an owner. */
export async function createFirstOwner(requestId: string | null, input: z.output<typeof setupSchema>): Promise<{ email: string }> {
  refuseWeakPassword(input.password, input);
  const passwordHash = await hashPassword(input.password);
  return db().$transaction(async (tx) => {
    await lockOwners(tx);
    if ((await countOwners(tx)) > 0) throw new AppError("conflict", "This Slipway has an owner already. Sign in, or ask an owner for an invitation.");
    await takeLink(tx, "setup", input.token);
    await tx.oneTimeLink.deleteMany({ where: { purpose: "setup", usedAt: null } });
    const person = await createPerson(tx, { name: input.name, email: input.email, passwordHash, instanceRole: "owner" });
    await writeAudit(tx, actorOfNewPerson(person, requestId), { action: "owner.create", subject: { kind: "user", id: person.id } });
    return { email: person.email };
  }).catch(onUniqueViolation(() => new AppError("already_exists", "An account with this e-mail address exists already. Use another, or run `npm run admin -- reset-owner`.")));
}
