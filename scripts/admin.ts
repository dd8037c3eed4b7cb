import fs from "node:fs";
import { verifyChain } from "@/lib/audit/verify-chain";
import { systemActor } from "@/lib/auth/actor";
import { ensureSetupLink } from "@/lib/auth/links/ensure-setup-link";
import { db } from "@/lib/db/client";
import { env, parseEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { instanceKey, instanceKeyFile, keyFromFile, retiredKeyFile, retiredKeys } from "@/lib/secrets/instance-key";
import { replaceKeyFile, resealAll } from "@/lib/secrets/rotate-key";
import { resetOwner } from "@/lib/users/reset-owner";
import { openDatabase } from "./admin/open-database";
import { type Command, parseCommand, USAGE } from "./admin/usage";

// npm run admin -- <command>: what can only be done from the machine itself. Ends with 0 when done, 1 when refused, 2 on misuse.
const say = (text: string) => console.log(text);

function command(): Command {
  try {
    return parseCommand(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}

async function resetOwnerCommand(email: string | null): Promise<number> {
  const made = await resetOwner(systemActor("admin"), email);
  say(`A new password for ${made.email}, once, until ${made.expiresAt.toUTCString()}:\n\n  ${made.url}\n`);
  if (made.enabled) say("The account was disabled; it is enabled again.");
  return 0;
}

async function createSetupLink(): Promise<number> {
  const url = await ensureSetupLink({ fresh: true });
  if (url === null) {
    console.error("This Slipway has an owner already, so there is nothing to set up. A lost password: npm run admin -- reset-owner");
    return 1;
  }
  say(`Set it up here, once, within seven days:\n\n  ${url}\n`);
  return 0;
}

async function verifyAudit(noted: string | null): Promise<number> {
  const verdict = await verifyChain(db());
  if (!verdict.ok) {
    console.error(`The audit log was changed: ${verdict.reason}. ${verdict.rows} rows before it are as they were written.`);
    return 1;
  }
  if (noted !== null && !(await db().auditEntry.findFirst({ where: { hash: noted }, select: { seq: true } }))) {
    console.error(`The row with the noted hash is gone: the end of the log was cut off, or this is another Slipway. ${verdict.rows} rows are there, and follow each other.`);
    return 1;
  }
  say(`Intact: all ${verdict.rows} rows are as they were written.\nNewest hash, to note elsewhere: ${verdict.head}`);
  return 0;
}

/** `running`: a Slipway uses the database now; null: it cannot be told. */
async function rotateKey(running: boolean | null): Promise<number> {
  const file = instanceKeyFile();
  if (!env().SLIPWAY_ENCRYPTION_KEY) {
    if (running) {
      console.error("Slipway is running, and holds the key it started with. Stop it, run this again, then start it.");
      return 1;
    }
    keyFromFile(file);
    replaceKeyFile(file);
  } else if (!env().SLIPWAY_RETIRED_ENCRYPTION_KEY) {
    console.error("Set SLIPWAY_ENCRYPTION_KEY to the new key (openssl rand -base64 32) and SLIPWAY_RETIRED_ENCRYPTION_KEY to the one in use, restart Slipway with both, then run this again.");
    return 1;
  }
  const { secrets, targets } = await resealAll(systemActor("admin"), [instanceKey(), ...retiredKeys()]);
  if (!env().SLIPWAY_ENCRYPTION_KEY) fs.rmSync(retiredKeyFile(file), { force: true });
  say(`Sealed with the new key: ${secrets} ${secrets === 1 ? "secret" : "secrets"}, credentials of ${targets} ${targets === 1 ? "target" : "targets"}. Sessions end, and pods get new artifact tokens by themselves.${env().SLIPWAY_ENCRYPTION_KEY ? "\nSLIPWAY_RETIRED_ENCRYPTION_KEY is not needed any more." : ""}`);
  return 0;
}

const asked = command();
if (asked.name === "help") {
  say(USAGE);
  process.exit(0);
}
let close: (() => Promise<void>) | undefined;
try {
  const database = await openDatabase(parseEnv(process.env));
  close = database.close;
  // Read by lib/env.ts at its first use, which comes after this line.
  Object.assign(process.env, { DATABASE_URL: database.appUrl, DATABASE_MIGRATION_URL: database.migrationUrl });
  process.exitCode = asked.name === "reset-owner" ? await resetOwnerCommand(asked.email) : asked.name === "verify-audit" ? await verifyAudit(asked.noted) : asked.name === "rotate-key" ? await rotateKey(database.running) : await createSetupLink();
  await db().$disconnect();
} catch (error) {
  console.error(error instanceof AppError || error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await close?.();
}
process.exit();
