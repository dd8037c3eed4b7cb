/** One file of the model: where it lies on this machine and what it must be. */
export type ConfigFile = {
  /** Path inside the version, POSIX, relative. */
  path: string;
  absolutePath: string;
  sizeBytes: number;
  /** Lower-case hex. */
  sha256: string;
};

/**
 * The whole configuration of one replica: the first line of its standard input. It is no environment variable, because the
 * environment of this process belongs to the user who deployed the model.
 */
export type ModelServerConfig = {
  /** Name the model answers to in `/v2/models/{model}`. */
  model: string;
  files: ConfigFile[];
  /** Requests that may wait for the session before the server answers 503. */
  queueLimit: number;
  intraOpThreads: number;
  host: string;
  /** 0: the kernel picks one, the `listening` event tells which. */
  port: number;
  /** Resident memory above which the replica ends itself. 0: no limit. */
  memoryMib: number;
  labels: { project: string; deployment: string; revision: string; replica: string };
  /** When set, inference and the sample ask for it in the header `x-slipway-access`; health, metadata and /metrics stay open. */
  accessToken?: string;
};

export const ACCESS_HEADER = "x-slipway-access";

const isRecord = (v: unknown): v is Record<string, unknown> => typeof v === "object" && v !== null && !Array.isArray(v);

/** Reads the configuration line. Throws an Error that names the field. */
export function parseConfig(line: string): ModelServerConfig {
  const raw: unknown = JSON.parse(line);
  if (!isRecord(raw)) throw new Error("the configuration must be a JSON object");
  const text = (o: Record<string, unknown>, key: string): string => {
    const v = o[key];
    if (typeof v !== "string" || v === "") throw new Error(`${key} must be a non-empty string`);
    return v;
  };
  const count = (o: Record<string, unknown>, key: string, least: number): number => {
    const v = o[key];
    if (typeof v !== "number" || !Number.isSafeInteger(v) || v < least) throw new Error(`${key} must be an integer of at least ${least}`);
    return v;
  };
  if (!Array.isArray(raw.files) || raw.files.length === 0) throw new Error("files must name at least one file");
  const files = raw.files.map((f: unknown): ConfigFile => {
    if (!isRecord(f)) throw new Error("each of files must be an object");
    const sha256 = text(f, "sha256");
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error("sha256 must be 64 lower-case hex digits");
    return { path: text(f, "path"), absolutePath: text(f, "absolutePath"), sizeBytes: count(f, "sizeBytes", 0), sha256 };
  });
  const labels = isRecord(raw.labels) ? raw.labels : {};
  return {
    model: text(raw, "model"),
    files,
    queueLimit: count(raw, "queueLimit", 1),
    intraOpThreads: count(raw, "intraOpThreads", 1),
    host: text(raw, "host"),
    port: count(raw, "port", 0),
    memoryMib: count(raw, "memoryMib", 0),
    labels: {
      project: text(labels, "project"), deployment: text(labels, "deployment"),
      revision: text(labels, "revision"), replica: text(labels, "replica"),
    },
    accessToken: raw.accessToken === undefined ? undefined : text(raw, "accessToken"),
  };
}
