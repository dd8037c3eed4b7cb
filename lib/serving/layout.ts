/**
 * What the init container makes of a version's files: the contract between the pod template and services/fetch-files.
 * Each file is written to MODEL_DIR/{prefix}{rename[path] ?? path}; `write` are further files, in MODEL_DIR as well.
 */
export type Layout = {
  prefix: string;
  rename: Record<string, string>;
  write: Record<string, string>;
};

/** One volume, mounted at VOLUME in both containers: read-only in the server. */
export const VOLUME = "/mnt/model-set";
export const MODEL_DIR = `${VOLUME}/models`;
/** JSON [{path, absolutePath, sizeBytes, sha256}] of what was fetched and verified. */
export const FILES_LIST = `${VOLUME}/files.json`;
/** The artifact token, from a Secret. */
export const TOKEN_FILE = "/var/run/slipway/artifact-token";

/** Environment of the init container. */
export const FETCH_ENV = {
  /** `{url}/api/v1/artifacts/exchange` is asked. */
  url: "SLIPWAY_ARTIFACT_URL",
  revision: "SLIPWAY_REVISION",
  /** `setDigest` of the files: what the exchange lists must hash to this. */
  digest: "SLIPWAY_FILES_DIGEST",
  /** JSON of a Layout. */
  layout: "SLIPWAY_LAYOUT",
} as const;

export const AS_IT_IS: Layout = { prefix: "", rename: {}, write: {} };
