import type { Readable } from "node:stream";
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import type { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { type ImportPlan, type ImportReach, MAX_IMPORT_FILES } from "@/lib/models/import/plan";
import { assertBucketAllowed } from "@/lib/models/import/s3-allow-list";
import type { s3ImportSchema } from "@/lib/models/import/schema";

const sdkClient = (region: string | undefined) => new S3Client({ ...(region ? { region } : {}), followRegionRedirects: true, maxAttempts: 3 });

/** An object, or all under a prefix that ends with `/`. Each is pinned to the version (or at least the ETag) it has now. */
export async function planS3({ s3: r }: z.output<typeof s3ImportSchema>, reach: ImportReach, signal: AbortSignal): Promise<ImportPlan> {
  // Again, beside the queue: the list may have become shorter since.
  assertBucketAllowed(r.uri, env().SLIPWAY_IMPORT_BUCKETS);
  const [, bucket, key = ""] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(r.uri)!;
  const client = (reach.s3 ?? sdkClient)(r.region);
  const isPrefix = key === "" || key.endsWith("/");
  const keys: string[] = isPrefix ? [] : [key];
  if (isPrefix) {
    let token: string | undefined;
    do {
      const page = await inWords(r.uri, () => client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: key, ContinuationToken: token }), { abortSignal: signal }));
      keys.push(...(page.Contents ?? []).map((o) => o.Key!).filter((k) => !k.endsWith("/")));
      token = page.IsTruncated ? page.NextContinuationToken : undefined;
      if (keys.length > MAX_IMPORT_FILES) throw new AppError("unprocessable", `More than ${MAX_IMPORT_FILES} objects are under ${r.uri}; a version may have ${MAX_IMPORT_FILES} files.`);
    } while (token);
    if (keys.length === 0) throw new AppError("unprocessable", `Nothing is under ${r.uri}. Check the prefix.`);
  }
  const files: ImportPlan["files"] = [];
  const objects: NonNullable<ImportPlan["source"]["objects"]> = [];
  for (const k of keys) {
    const head = await inWords(`s3://${bucket}/${k}`, () => client.send(new HeadObjectCommand({ Bucket: bucket, Key: k, ChecksumMode: "ENABLED" }), { abortSignal: signal }));
    objects.push({ key: k, versionId: head.VersionId ?? null, etag: head.ETag ?? null });
    // A checksum of a multipart object may be one over its parts' checksums: that is not the file's.
    const whole = head.ChecksumSHA256 && head.ChecksumType !== "COMPOSITE" && !head.ChecksumSHA256.includes("-");
    files.push({
      path: isPrefix ? k.slice(key.length) : k.split("/").at(-1)!, sizeBytes: head.ContentLength ?? null, sha256: whole ? Buffer.from(head.ChecksumSHA256!, "base64").toString("hex") : null,
      open: async (_maxBytes, s) => {
        const answer = await inWords(`s3://${bucket}/${k}`, () => client.send(new GetObjectCommand({ Bucket: bucket, Key: k, VersionId: head.VersionId, IfMatch: head.ETag }), { abortSignal: s }));
        return { body: answer.Body as Readable, contentLength: answer.ContentLength ?? null };
      },
    });
  }
  return { source: { kind: "s3", uri: r.uri, revision: objects.length === 1 ? objects[0]!.versionId : null, objects }, files };
}

/** The SDK's errors as ours: what may pass by itself is `bad_gateway`, what needs a person says what to do. */
async function inWords<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const e = error as { name?: string; message?: string; $metadata?: { httpStatusCode?: number } };
    const status = e.$metadata?.httpStatusCode;
    if (e.name === "CredentialsProviderError") throw new AppError("unprocessable", "The worker has no AWS credentials. Give it some by environment (AWS_ACCESS_KEY_ID …), by a profile or by a role, then import again.", { cause: error });
    if (e.message === "Region is missing") throw new AppError("unprocessable", "No AWS region is known. Give `region`, or set AWS_REGION for the worker.", { cause: error });
    if (status === 403 || status === 401) throw new AppError("unprocessable", `The worker's AWS credentials may not read ${what}. They need s3:GetObject and s3:ListBucket.`, { cause: error });
    if (status === 404) throw new AppError("unprocessable", `${what} does not exist. Check bucket, key and region.`, { cause: error });
    if (status === 412) throw new AppError("unprocessable", `${what} was replaced while it was being imported. Import it again.`, { cause: error });
    if (status !== undefined && status < 500 && status !== 429 && status !== 408) throw new AppError("unprocessable", `Amazon S3 refused the request for ${what} (${status}${e.name ? `, ${e.name}` : ""}).`, { cause: error });
    throw new AppError("bad_gateway", `Amazon S3 could not be reached for ${what}.`, { cause: error });
  }
}
