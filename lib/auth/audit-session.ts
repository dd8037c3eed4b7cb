import { writeAudit } from "@/lib/audit/write-audit";
import { ANONYMOUS, type Actor } from "@/lib/auth/actor";
import { publishRevoked } from "@/lib/auth/publish-revoked";
import { db } from "@/lib/db/client";

type NewSession = { id: string; userId: string; ipAddress?: string | null };

/** Hook of better-auth: runs before the cookie leaves, so a session nobody recorded cannot be used. */
export async function auditSignIn(session: NewSession): Promise<void> {
  await db().$transaction(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: session.userId }, select: { name: true } });
    await writeAudit(tx, person(session.userId, user.name), { action: "session.create", subject: { kind: "session", id: session.id }, detail: { ipAddress: session.ipAddress ?? null } });
  });
}

/** A refused sign-in. Names the account only where one exists: what was typed may be a password. */
export async function auditRefusedSignIn(email: string, ipAddress: string): Promise<void> {
  await db().$transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { email: email.toLowerCase() }, select: { id: true } });
    await writeAudit(tx, ANONYMOUS, { action: "session.refuse", subject: { kind: "user", id: user?.id ?? "unknown" }, detail: { ipAddress } });
  });
}

/** Ends a session and records it, in one transaction. */
export async function endSession(session: { id: string; userId: string }, userName: string, reason: "sign-out" | "replaced"): Promise<void> {
  await db().$transaction(async (tx) => {
    const ended = await tx.session.deleteMany({ where: { id: session.id, userId: session.userId } });
    if (ended.count === 0) return;
    await publishRevoked(tx, "session", session.id);
    await writeAudit(tx, person(session.userId, userName), { action: "session.delete", subject: { kind: "session", id: session.id }, detail: { reason } });
  });
}

const person = (id: string, label: string): Actor => ({ ...ANONYMOUS, kind: "user", id, label, userId: id });
