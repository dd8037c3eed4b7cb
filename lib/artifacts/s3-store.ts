import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import fs from "node:fs/promises";
import { PassThrough, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DeleteObjectCommand, GetObjectCommand, HeadBucketCommand, HeadObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { isServerMadeId, requireServerMadeId } from "@/lib/artifacts/blob-path";
import { stageFile } from "@/lib/artifacts/staged-writer";
import type { ArtifactStore, BlobStat, BlobWriter, OpenBlob } from "@/lib/artifacts/store";
import { env } from "@/lib/env";
import { AppError, notFound } from "@/lib/errors";

/** `prefix` is empty or ends with a slash. */
export type S3Place = { bucket: string; prefix: string };

export function parseS3Place(uri: string): S3Place {
  const [, bucket = "", prefix = ""] = /^s3:\/\/([^/]+)\/?(.*?)\/?$/.exec(uri)!;
  return { bucket, prefix: prefix === "" ? "" : `${prefix}/` };
}

/** Region and credentials come the way the SDK finds them: environment, profile, or the role of the pod or machine. A double of S3 has no names of buckets in front of its own. */
export const s3Client = () => new S3Client({ maxAttempts: 4, followRegionRedirects: true, forcePathStyle: env().AWS_ENDPOINT_URL !== undefined });

// S3 takes 10,000 parts of at least 5 MiB; three of them are under way, so this much times three is held in memory.
const PART_BYTES = 8 << 20;
const PARTS_AT_ONCE = 3;
const MOST_PARTS = 9_000;

/**
 * The artifact store in S3: what comes is received and hashed on this machine's disk, and copied to the bucket once it is whole. Keys are those of the
 * directory (`blobs/ab/ab12…`), so that one can be copied to the other as it is. An object is there whole or not at all: that is S3's own promise.
 */
export class S3Store implements ArtifactStore {
  readonly onDisk = false;

  constructor(
    private readonly client: S3Client,
    private readonly place: S3Place,
    readonly root: string,
  ) {}

  private keyOf(blobId: string): string {
    requireServerMadeId(blobId, "file");
    return `${this.place.prefix}blobs/${blobId.slice(0, 2)}/${blobId}`;
  }

  private at = (blobId: string) => ({ Bucket: this.place.bucket, Key: this.keyOf(blobId) });

  async check(): Promise<void> {
    await fs.mkdir(this.root, { recursive: true, mode: 0o700 });
    await this.asked(() => this.client.send(new HeadBucketCommand({ Bucket: this.place.bucket })));
  }

  createWriter({ maxBytes }: { maxBytes: number }): Promise<BlobWriter> {
    return stageFile(this.root, maxBytes, (partial) => this.adopt(partial));
  }

  async adopt(partial: string, blobId: string = randomUUID()): Promise<string> {
    const size = (await fs.stat(partial).catch(() => null))?.size;
    if (size === undefined) {
      if (await this.stat(blobId)) return blobId;
      throw notFound("file");
    }
    await this.asked(() => new Upload({
      client: this.client, params: { ...this.at(blobId), Body: createReadStream(partial, { highWaterMark: 1 << 20 }), ContentType: "application/octet-stream" },
      partSize: Math.max(PART_BYTES, Math.ceil(size / MOST_PARTS)), queueSize: PARTS_AT_ONCE,
    }).done());
    await fs.rm(partial, { force: true });
    return blobId;
  }

  async open(blobId: string): Promise<OpenBlob> {
    const found = await this.stat(blobId);
    if (!found) throw notFound("file");
    const { sizeBytes } = found;
    const get = (range: string | undefined) => this.asked(() => this.client.send(new GetObjectCommand({ ...this.at(blobId), Range: range })));
    return {
      sizeBytes,
      read: async (offset, length) => {
        const end = Math.min(sizeBytes, offset + length);
        if (end <= offset) return Buffer.alloc(0);
        const answer = await get(`bytes=${offset}-${end - 1}`);
        return Buffer.from(await answer.Body!.transformToByteArray());
      },
      stream: (range) => {
        const out = new PassThrough({ highWaterMark: 1 << 20 });
        const { start, end } = range ?? { start: 0, end: sizeBytes };
        if (end <= start) return out.end();
        // A fault of the bucket, at the start or on the way, is a fault of this stream; whoever destroys it ends the request.
        get(`bytes=${start}-${end - 1}`).then(({ Body }) => pipeline(Body as Readable, out)).catch((error: unknown) => out.destroy(error as Error));
        return out;
      },
      close: async () => undefined,
    };
  }

  async stat(blobId: string): Promise<BlobStat | null> {
    if (!isServerMadeId(blobId)) return null;
    try {
      const head = await this.client.send(new HeadObjectCommand(this.at(blobId)));
      return { blobId, sizeBytes: head.ContentLength ?? 0, createdAt: head.LastModified ?? new Date() };
    } catch (error) {
      // Without the right to list, S3 answers 403 for what is not there: that is a fault of the set-up, and not "missing".
      if ((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 404) return null;
      throw this.inWords(error);
    }
  }

  async remove(blobId: string): Promise<void> {
    await this.asked(() => this.client.send(new DeleteObjectCommand(this.at(blobId))));
  }

  async *list(): AsyncGenerator<BlobStat> {
    const { bucket, prefix } = this.place;
    let token: string | undefined;
    do {
      const page = await this.asked(() => this.client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: `${prefix}blobs/`, ContinuationToken: token })));
      for (const { Key = "", Size = 0, LastModified = new Date() } of page.Contents ?? []) {
        const blobId = Key.split("/").at(-1)!;
        // Whatever else somebody keeps there is not ours to see.
        if (isServerMadeId(blobId) && Key === this.keyOf(blobId)) yield { blobId, sizeBytes: Size, createdAt: LastModified };
      }
      token = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (token);
  }

  absolutePath(): null {
    return null;
  }

  private async asked<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw this.inWords(error);
    }
  }

  /** What S3 or the SDK said, as an error that says whose turn it is. */
  private inWords(error: unknown): unknown {
    if (error instanceof AppError) return error;
    const e = error as { name?: string; message?: string; code?: string; $metadata?: { httpStatusCode?: number } };
    if (e.code === "ENOENT" || e.code === "EACCES") return error;
    const status = e.$metadata?.httpStatusCode;
    const store = `The store of model files, s3://${this.place.bucket}/${this.place.prefix},`;
    if (e.name === "CredentialsProviderError" || e.message === "Region is missing") return new AppError("bad_gateway", `${store} cannot be asked: Slipway has no AWS ${e.name ? "credentials" : "region"}. Whoever runs Slipway gives it AWS_REGION and a role or keys.`, { cause: error });
    if (status === 401 || status === 403) return new AppError("bad_gateway", `${store} refuses Slipway's credentials. They need s3:GetObject, s3:PutObject, s3:DeleteObject, s3:AbortMultipartUpload and s3:ListBucket there.`, { cause: error });
    if (status === 404) return new AppError("bad_gateway", `${store} does not exist. Whoever runs Slipway checks SLIPWAY_ARTIFACTS and AWS_REGION.`, { cause: error });
    return new AppError("bad_gateway", `${store} does not answer. Nothing was lost; try again.`, { cause: error });
  }
}
