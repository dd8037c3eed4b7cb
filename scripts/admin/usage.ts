import { parseArgs } from "node:util";

export type Command =
  | { name: "reset-owner"; email: string | null }
  | { name: "verify-audit"; noted: string | null }
  | { name: "create-setup-link" }
  | { name: "rotate-key" }
  | { name: "help" };

export const USAGE = `Looks after a Slipway from the machine it runs on. Works while it runs and while it does not.

  npm run admin -- <command>

Commands
  reset-owner [--email ADDRESS]   Makes a one-time link with which an owner chooses a new password; enables the
                                  account again if it was disabled. --email is needed where there are several owners.
  create-setup-link               Makes a new set-up link, while this Slipway has no owner. An older one stops working.
  rotate-key                      Seals every secret and every cluster's credentials with a new key. Where the key is
                                  in the data directory: stop Slipway first, and a new key is made. Where it is
                                  SLIPWAY_ENCRYPTION_KEY: set that to the new one and SLIPWAY_RETIRED_ENCRYPTION_KEY to
                                  the old one, restart, then run this; afterwards the old one can go.
  verify-audit [--noted HASH]     Checks the audit log's whole hash chain. With a hash that was noted earlier, also
                                  that the row it belongs to is still there. Ends with 1 if anything was changed.

Set SLIPWAY_DATA_DIR, or DATABASE_URL and DATABASE_MIGRATION_URL, as for the Slipway that is meant; PORT or
SLIPWAY_BASE_URL decide what the links begin with.`;

/** Pure: the command of an argument list. Throws an Error in words for what is not one. */
export function parseCommand(args: string[]): Command {
  const [name, ...rest] = args;
  if (name === undefined || name === "help" || rest.includes("--help") || name === "--help" || name === "-h") return { name: "help" };
  const options = { "reset-owner": { email: { type: "string" } }, "verify-audit": { noted: { type: "string" } }, "create-setup-link": {}, "rotate-key": {} } as const;
  if (!Object.hasOwn(options, name)) throw new Error(`There is no command "${name}".`);
  const { values } = parseArgs({ args: rest, options: options[name as keyof typeof options], strict: true, allowPositionals: false }) as { values: { email?: string; noted?: string } };
  if (values.noted !== undefined && !/^[0-9a-f]{64}$/.test(values.noted)) throw new Error("--noted takes a hash of 64 hexadecimal digits, as verify-audit prints it.");
  if (name === "reset-owner") return { name, email: values.email ?? null };
  if (name === "verify-audit") return { name, noted: values.noted ?? null };
  return { name: name === "rotate-key" ? name : "create-setup-link" };
}
