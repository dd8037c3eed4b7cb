import fs from "node:fs";

export type Account = { uid: number; gid: number; name: string };

/** The account the database server runs under. null: our own. */
export type RunAs = Account | null;

/**
 * PostgreSQL refuses to run as uid 0. As root it gets the account that already owns the cluster, else `postgres`, else `nobody`:
 * `initdb` looks its user up by name, so a bare number that is in no /etc/passwd will not do.
 * `cluster` need not exist yet. Throws an Error in words when there is no account to take.
 */
export function chooseAccount(cluster: string, passwd = readPasswd()): RunAs {
  if (process.getuid?.() !== 0) return null;
  const accounts = parsePasswd(passwd).filter((account) => account.uid !== 0);
  const owner = fs.existsSync(cluster) ? fs.statSync(cluster).uid : 0;
  const chosen =
    accounts.find((a) => a.uid === owner) ?? accounts.find((a) => a.name === "postgres") ?? accounts.find((a) => a.name === "nobody");
  if (!chosen) {
    throw new Error(
      "PostgreSQL does not run as root, and this machine has neither a `postgres` nor a `nobody` account to run it under: " +
        "start Slipway as an ordinary user, add an account (`useradd --system postgres`), or set DATABASE_URL.",
    );
  }
  return chosen;
}

export function parsePasswd(text: string): Account[] {
  return text
    .split("\n")
    .map((line) => line.split(":"))
    .filter((fields) => fields.length >= 4 && /^\d+$/.test(fields[2] ?? "") && /^\d+$/.test(fields[3] ?? ""))
    .map(([name, , uid, gid]) => ({ name: name ?? "", uid: Number(uid), gid: Number(gid) }));
}

function readPasswd(): string {
  try {
    return fs.readFileSync("/etc/passwd", "utf8");
  } catch {
    return "";
  }
}
