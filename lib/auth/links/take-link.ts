import type { LinkPurpose } from "@/lib/auth/links/purpose";
import { hashToken } from "@/lib/auth/tokens";
import type { Tx } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/** One answer for unknown, used and expired, so that nothing can be learnt by trying. */
const spent = () => new AppError("gone", "This link was used already, has expired, or never was one of ours. Ask for a new one.");

/** Uses a link up, inside the transaction that does what it grants. Of two callers one gets it; the other, and any later one, `gone`. */
export async function takeLink(tx: Tx, purpose: LinkPurpose, token: string) {
  const tokenHash = new Uint8Array(hashToken(token));
  const taken = await tx.oneTimeLink.updateMany({ where: { purpose, tokenHash, usedAt: null, expiresAt: { gt: new Date() } }, data: { usedAt: new Date() } });
  if (taken.count === 0) throw spent();
  return tx.oneTimeLink.findUniqueOrThrow({ where: { tokenHash } });
}

/** The link, still unused, or `gone`. */
export async function readLink(tx: Tx, purpose: LinkPurpose, token: string) {
  const row = await tx.oneTimeLink.findUnique({ where: { tokenHash: new Uint8Array(hashToken(token)) } });
  if (!row || row.purpose !== purpose || row.usedAt || row.expiresAt <= new Date()) throw spent();
  return row;
}
