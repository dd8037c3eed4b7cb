import type { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import type { AddressPolicy } from "@/lib/net/vet-address";

/** One file of a source, not fetched yet. `sha256` (hex) and `sizeBytes` are null where the source does not tell. */
export type PlannedFile = { path: string; sizeBytes: number | null; sha256: string | null; open(maxBytes: number, signal: AbortSignal): Promise<OpenedFile> };
export type OpenedFile = { body: Readable; contentLength: number | null };

/** What an import will fetch. `source` is kept with the version: where from, and which immutable revision of it. */
export type ImportPlan = { source: { kind: "https" | "huggingFace" | "s3"; uri: string; revision: string | null; objects?: { key: string; versionId: string | null; etag: string | null }[] }; files: PlannedFile[] };

/** How the outside is reached. In the product every field is left out. */
export type ImportReach = { hubUrl?: string; allow?: AddressPolicy; s3?: (region: string | undefined) => S3Client };

export const MAX_IMPORT_FILES = 500;
