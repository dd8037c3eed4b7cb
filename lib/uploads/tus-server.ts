import { randomUUID } from "node:crypto";
import { Server } from "@tus/server";
import { isServerMadeId } from "@/lib/artifacts/blob-path";
import type { ArtifactStore } from "@/lib/artifacts/store";
import { withIncomingBody } from "@/lib/net/incoming-body";
import { AppError, notFound } from "@/lib/errors";
import { LeaseLocker } from "@/lib/uploads/lease-locker";
import { ResumableStore } from "@/lib/uploads/resumable-store";
import { tusError, problemResponse } from "@/lib/uploads/tus-problem";
import { checkUploadMetadata } from "@/lib/uploads/upload-metadata";
import type { UploadRecord, UploadRegistry } from "@/lib/uploads/upload-registry";

export type TusOptions<Owner> = {
  artifacts: ArtifactStore;
  registry: UploadRegistry<Owner>;
  /**
   * Who is asking. `upload` is the one addressed, null when one is created. Throws AppError: `unauthenticated`,
   * `forbidden`, and `not_found` for an upload of somebody else.
   */
  authorize: (request: Request, upload: UploadRecord<Owner> | null) => Promise<Owner>;
  /** Told after an upload has become whole; may be told twice. */
  onFinish?: (upload: UploadRecord<Owner>) => Promise<void>;
  /** Where it is mounted, such as /api/v1/uploads. */
  path: string;
  maxFileBytes: number;
  /** Age at which an upload that no model version uses is removed; default 24 h. */
  expireAfterMs?: number;
  /** Longest silence of a client within one request; default 30 s. */
  idleTimeoutMs?: number;
  /** How long a request waits for another one on the same upload before 423; default 1 s. */
  lockWaitMs?: number;
};

export type TusServer = { handle(request: Request): Promise<Response>; deleteExpired(): Promise<number>; sweepUploads(before: Date): Promise<number> };

const METHODS = new Set(["POST", "HEAD", "PATCH", "DELETE", "OPTIONS"]);

/** tus 1.0 into the artifact store, for a route handler. Errors are problem+json with the status the protocol asks for. */
export function createTusServer<Owner>(options: TusOptions<Owner>): TusServer {
  const { registry, authorize } = options;
  const store: ResumableStore<Owner> = new ResumableStore(options.artifacts, registry, {
    expireAfterMs: options.expireAfterMs ?? 24 * 3600_000,
    idleTimeoutMs: options.idleTimeoutMs ?? 30_000,
    isHeld: (id) => locker.isHeld(id),
  });
  const locker = new LeaseLocker(registry as UploadRegistry<unknown>, options.lockWaitMs ?? 1000, (id) => store.settled(id));
  const errors = new WeakMap<object, AppError>();

  const server = new Server({
    path: options.path,
    datastore: store,
    locker,
    lockDrainTimeout: 1,
    maxSize: options.maxFileBytes,
    relativeLocation: true,
    allowedOrigins: () => false,
    disableTerminationForFinishedUploads: true,
    namingFunction: () => randomUUID(),
    getFileIdFromRequest: (request) => {
      const last = new URL(request.url).pathname.split("/").at(-1) ?? "";
      return isServerMadeId(last) ? last : undefined;
    },
    onIncomingRequest: async (request, id) => {
      if (request.method === "POST") return; // authorised in onUploadCreate, where the owner is needed
      const record = await registry.get(id);
      if (!record) {
        await authorize(request as unknown as Request, null);
        throw notFound("upload");
      }
      await authorize(request as unknown as Request, record);
    },
    onUploadCreate: async (request, upload) => {
      const owner = await authorize(request as unknown as Request, null);
      const metadata = checkUploadMetadata(upload.metadata);
      const createdAt = new Date();
      upload.creation_date = createdAt.toISOString();
      await registry.create({ id: upload.id, owner, sizeBytes: upload.size ?? 0, metadata, createdAt, finished: null });
      return {};
    },
    onUploadFinish: async (_request, upload) => {
      const record = await registry.get(upload.id);
      if (record && options.onFinish) await options.onFinish(record);
      return {};
    },
    onResponseError: (request, error) => {
      const known = tusError(error);
      errors.set(request, known);
      return { status_code: known.extra?.tusStatus as number ?? known.status, body: known.message };
    },
  });

  return {
    async handle(request) {
      if (!METHODS.has(request.method)) return problemResponse(new AppError("method_not_allowed", "Uploads answer POST, HEAD, PATCH, DELETE and OPTIONS."), 405, new Headers());
      const served = withIncomingBody(request);
      const response = await server.handleWeb(served as never);
      if (response.status < 400) return response;
      const error = errors.get(served) ?? tusError({ status_code: response.status, body: await response.text() });
      return problemResponse(error, response.status, response.headers, request.method === "HEAD");
    },
    deleteExpired: () => store.deleteExpired(),
    sweepUploads: (before) => store.sweepUploads(before),
  };
}
