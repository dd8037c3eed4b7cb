import type { ConfigFile, ModelServerConfig } from "./config";

const NAMES = { model: "SLIPWAY_MODEL", project: "SLIPWAY_PROJECT", deployment: "SLIPWAY_DEPLOYMENT", revision: "SLIPWAY_REVISION" } as const;

/**
 * The configuration of a server in a pod, from the variables its template sets and the list the init container left. A user's own
 * variables cannot stand in for them: names that begin with SLIPWAY_ are refused, and the template's come last.
 * Throws an Error that names the variable.
 */
export function podConfig(env: Record<string, string | undefined>, files: ConfigFile[]): ModelServerConfig {
  const text = (name: string) => {
    const value = env[name];
    if (!value) throw new Error(`${name} is not set`);
    return value;
  };
  const count = (name: string, least: number) => {
    const value = Number(text(name));
    if (!Number.isSafeInteger(value) || value < least) throw new Error(`${name} must be a whole number of at least ${least}`);
    return value;
  };
  return {
    model: text(NAMES.model), files, queueLimit: count("SLIPWAY_QUEUE_LIMIT", 1), intraOpThreads: count("SLIPWAY_THREADS", 1),
    host: "0.0.0.0", port: count("SLIPWAY_PORT", 1), memoryMib: count("SLIPWAY_MEMORY_MIB", 0),
    // The pod's name: unique for ever, as a replica's id must be.
    labels: { project: text(NAMES.project), deployment: text(NAMES.deployment), revision: text(NAMES.revision), replica: env.HOSTNAME || "pod" },
  };
}
