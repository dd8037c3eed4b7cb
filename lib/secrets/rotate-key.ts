import { randomBytes } from "node:crypto";
import fs from "node:fs";
import { channelPlace } from "@/lib/alerts/channel-config";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { costSourcePlace } from "@/lib/costs/sources/cost-source-place";
import { db } from "@/lib/db/client";
import { retiredKeyFile } from "@/lib/secrets/instance-key";
import { secretContext } from "@/lib/secrets/put-secret";
import { signingKeyPlace } from "@/lib/edge-tokens/signing-keys";
import { grafanaPlace } from "@/lib/observability/grafana/grafana-settings";
import { keyId, open, seal } from "@/lib/secrets/seal";
import { sourcePlace } from "@/lib/observability/sources/source-place";
import { credentialsPlace } from "@/lib/targets/kubernetes/connection";

/**
 * Puts a new key in place of the one in a file. The old one stays beside it until everything is sealed anew, so that a command cut off
 * anywhere loses nothing: the next one goes on with the key that is there.
 */
export function replaceKeyFile(file: string): void {
  const retired = retiredKeyFile(file);
  if (fs.existsSync(retired)) return;
  fs.copyFileSync(file, retired, fs.constants.COPYFILE_EXCL);
  fs.chmodSync(retired, 0o600);
  const fresh = `${file}.new`;
  fs.rmSync(fresh, { force: true });
  const descriptor = fs.openSync(fresh, "wx", 0o600);
  fs.writeSync(descriptor, `${randomBytes(32).toString("base64")}\n`);
  fs.fsyncSync(descriptor);
  fs.closeSync(descriptor);
  fs.renameSync(fresh, file);
}

/** Seals everything that is kept sealed (secrets, credentials of targets and of what belongs to them, alert channels, signing keys) with `keys[0]`, in one transaction; whatever `keys` opens. Returns how many were changed. */
export async function resealAll(actor: Actor, keys: [Buffer, ...Buffer[]]): Promise<{ secrets: number; targets: number }> {
  const current = `.${keyId(keys[0])}.`;
  const again = (sealed: Uint8Array, place: string): Uint8Array<ArrayBuffer> | null => {
    const text = Buffer.from(sealed).toString("utf8");
    return text.includes(current) ? null : new Uint8Array(Buffer.from(seal(open(text, place, keys), place, keys[0]), "utf8"));
  };
  return db().$transaction(async (tx) => {
    // Nobody writes one with the old key between the reading and the writing.
    await tx.$executeRaw`LOCK TABLE "Secret", "Target", "TargetMetricsSource", "TargetCostSource", "TargetGrafana", "AlertChannel", "SigningKey" IN SHARE ROW EXCLUSIVE MODE`;
    let secrets = 0;
    let targets = 0;
    for (const row of await tx.secret.findMany({ select: { id: true, projectId: true, name: true, ciphertext: true } })) {
      const ciphertext = again(row.ciphertext, secretContext(row.projectId, row.name));
      // By hand, so that updatedAt stays: the value is the same.
      if (ciphertext) secrets += (await tx.$executeRaw`UPDATE "Secret" SET ciphertext = ${ciphertext} WHERE id = ${row.id}::uuid`);
    }
    for (const row of await tx.target.findMany({ where: { credentials: { not: null } }, select: { id: true, slug: true, credentials: true } })) {
      const credentials = row.credentials && again(row.credentials, credentialsPlace(row.slug));
      if (credentials) targets += (await tx.target.updateMany({ where: { id: row.id }, data: { credentials } })).count;
    }
    for (const row of await tx.targetMetricsSource.findMany({ where: { credentials: { not: null } }, select: { targetId: true, credentials: true, target: { select: { slug: true } } } })) {
      const credentials = row.credentials && again(row.credentials, sourcePlace(row.target.slug));
      if (credentials) await tx.targetMetricsSource.updateMany({ where: { targetId: row.targetId }, data: { credentials } });
    }
    for (const row of await tx.targetCostSource.findMany({ where: { header: { not: null } }, select: { targetId: true, header: true, target: { select: { slug: true } } } })) {
      const header = row.header && again(row.header, costSourcePlace(row.target.slug));
      if (header) await tx.targetCostSource.updateMany({ where: { targetId: row.targetId }, data: { header } });
    }
    for (const row of await tx.targetGrafana.findMany({ where: { credentials: { not: null } }, select: { targetId: true, credentials: true, target: { select: { slug: true } } } })) {
      const credentials = row.credentials && again(row.credentials, grafanaPlace(row.target.slug));
      if (credentials) await tx.targetGrafana.updateMany({ where: { targetId: row.targetId }, data: { credentials } });
    }
    for (const row of await tx.signingKey.findMany({ select: { id: true, privateKey: true } })) {
      // One that no key opens signs nothing any more; what it signed is still checked by its public half.
      if (!keys.some((key) => row.privateKey.includes(`.${keyId(key)}.`))) continue;
      const privateKey = again(Buffer.from(row.privateKey, "utf8"), signingKeyPlace(row.id));
      if (privateKey) await tx.signingKey.update({ where: { id: row.id }, data: { privateKey: Buffer.from(privateKey).toString("utf8") } });
    }
    for (const row of await tx.alertChannel.findMany({ select: { id: true, sealed: true } })) {
      const sealed = again(row.sealed, channelPlace(row.id));
      if (sealed) await tx.alertChannel.update({ where: { id: row.id }, data: { sealed } });
    }
    await writeAudit(tx, actor, { action: "encryption-key.rotate", subject: { kind: "instance", id: "encryption-key" }, detail: { secrets, targets } });
    return { secrets, targets };
  }, { timeout: 120_000 });
}
