import { AppError } from "@/lib/errors";

/**
 * Buckets, or `bucket/prefix/`, that may be imported from: SLIPWAY_IMPORT_BUCKETS. Imports from S3 use the worker's own credentials,
 * which may read more than the people who ask; so nothing is allowed until the operator names it.
 */
export function assertBucketAllowed(uri: string, allowList: string): void {
  const [, bucket, key = ""] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(uri) ?? [];
  const allowed = allowList.split(",").map((entry) => entry.trim().replace(/^s3:\/\//, "")).filter(Boolean);
  const covers = (entry: string) => {
    const [name, ...rest] = entry.split("/");
    const prefix = rest.join("/");
    return name === bucket && (prefix === "" || key.startsWith(prefix.endsWith("/") ? prefix : `${prefix}/`));
  };
  if (allowed.some(covers)) return;
  throw new AppError("unprocessable", `Imports from ${bucket ? `s3://${bucket}` : uri} are not allowed here. Whoever runs Slipway names the buckets in SLIPWAY_IMPORT_BUCKETS; or upload the file instead.`);
}
