import { randomBytes } from "node:crypto";
import { LINK_HOURS, type LinkPurpose } from "@/lib/auth/links/purpose";
import { hashToken } from "@/lib/auth/tokens";
import type { Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";

type NewLink = { purpose: LinkPurpose; email?: string; userId?: string; grant?: Prisma.InputJsonObject };

/** Makes a one-time link of 256 random bits; only its hash is kept. The token is in the answer and nowhere else. */
export async function createLink(tx: Tx, link: NewLink): Promise<{ id: string; token: string; expiresAt: Date }> {
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(Date.now() + LINK_HOURS[link.purpose] * 3_600_000);
  const row = await tx.oneTimeLink.create({
    data: { purpose: link.purpose, tokenHash: new Uint8Array(hashToken(token)), email: link.email, userId: link.userId, grant: link.grant ?? {}, expiresAt },
    select: { id: true },
  });
  return { id: row.id, token, expiresAt };
}
