// Names by which an environment variable could change what the runtime itself loads or trusts: never a user's to set.
const RESERVED = /^(NODE_.*|LD_.*|DYLD_.*|TSX_.*|ORT_.*|UV_.*|PATH|HOME|SHELL|IFS|BASH_ENV|ENV|GLIBC_.*|MALLOC_.*|SLIPWAY_.*)$/i;

/** Whether a user may give a replica a variable of this name. */
export const mayBeSet = (name: string) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !RESERVED.test(name);

/**
 * The environment of a replica: the user's variables and secrets, and of ours only what the process needs to start.
 * Nothing of the portal's own environment (database, keys) reaches a model.
 */
export function spawnEnv(variables: Record<string, string>, secrets: Record<string, string>, homeDir: string, extra: Record<string, string> = {}): Record<string, string> {
  const users = Object.entries({ ...variables, ...secrets }).filter(([name, value]) => mayBeSet(name) && !value.includes("\0"));
  return {
    ...Object.fromEntries(users),
    PATH: process.env.PATH ?? "/usr/local/bin:/usr/bin:/bin",
    HOME: homeDir, LANG: "C.UTF-8", NODE_ENV: "production",
    ORT_DISABLE_TELEMETRY: "1", ORT_TELEMETRY_DISABLED: "1",
    ...extra,
  };
}
