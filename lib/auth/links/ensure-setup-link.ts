import fs from "node:fs/promises";
import { createLink } from "@/lib/auth/links/create-link";
import { linkUrl } from "@/lib/auth/links/purpose";
import { hashToken } from "@/lib/auth/tokens";
import { db, type Tx } from "@/lib/db/client";
import { dataPath } from "@/lib/env";
import { countOwners, lockOwners } from "@/lib/users/owners";

const file = () => dataPath("run", "setup-link");

/**
 * At the start of web: while nobody owns Slipway, there is a good set-up link in `<data>/run/setup-link` (0600), the one of
 * before where it still holds. Returns it; null, and no file, once there is an owner. Any number of processes may call it.
 */
export async function ensureSetupLink(options: { fresh?: boolean } = {}): Promise<string | null> {
  return db().$transaction(async (tx) => {
    await lockOwners(tx);
    if ((await countOwners(tx)) > 0) {
      await fs.rm(file(), { force: true });
      return null;
    }
    const kept = options.fresh ? null : await keptLink(tx);
    if (kept) return kept;
    await tx.oneTimeLink.deleteMany({ where: { purpose: "setup" } });
    const { token } = await createLink(tx, { purpose: "setup" });
    const url = linkUrl("setup", token);
    await fs.mkdir(dataPath("run"), { recursive: true, mode: 0o700 });
    const temporary = `${file()}.${process.pid}`;
    await fs.writeFile(temporary, `${url}\n`, { mode: 0o600 });
    await fs.rename(temporary, file());
    return url;
  });
}

async function keptLink(tx: Tx): Promise<string | null> {
  const token = /#token=([A-Za-z0-9_-]{43})\s*$/.exec(await fs.readFile(file(), "utf8").catch(() => ""))?.[1];
  if (!token) return null;
  const row = await tx.oneTimeLink.findUnique({ where: { tokenHash: new Uint8Array(hashToken(token)) } });
  // The address may have changed since; the token is what counts.
  return row && row.purpose === "setup" && !row.usedAt && row.expiresAt > new Date() ? linkUrl("setup", token) : null;
}
