import { Upload, type DetailedError } from "tus-js-client";
import { asProblem } from "@/components/form/as-problem";
import { isSameFile, keepRecord, type UploadRecord } from "@/components/upload/upload-record";
import { Speed } from "@/components/upload/speed";
import type { PickedFile } from "@/components/upload/read-drop";
import { ApiProblem, fetchJson } from "@/lib/api-client/fetch-json";
import type { VersionDto } from "@/lib/models/schema";

const CHUNK_BYTES = 8 * 1024 ** 2;
/** Waits between tries after a lost connection. Progress starts the row again; after its end the person decides. */
const RETRY_DELAYS_MS = [500, 1000, 2000, 4000, 8000, ...Array<number>(40).fill(15_000)];

export type JobFile = { path: string; sizeBytes: number; modifiedMs: number; uploadUrl: string | null; sentBytes: number; file: File | null };

/**
 * uploading · waiting: the connection is lost, it goes on by itself · paused · files-needed: after a reload, the browser has to be
 * given the files again · inspecting · done · refused: not a model, nothing was kept · failed: see problem
 */
export type JobState = "uploading" | "waiting" | "paused" | "files-needed" | "inspecting" | "done" | "refused" | "failed";

export type JobView = {
  id: string; project: string; model: string; state: JobState; files: readonly JobFile[];
  sentBytes: number; totalBytes: number; bytesPerSecond: number | null; problem: ApiProblem | null; version: VersionDto | null;
};

/** One version on its way: its files in order by tus, then the version made of them. Framework-free; `changed` is called at every step. */
export class UploadJob {
  private state: JobState = "uploading";
  private problem: ApiProblem | null = null;
  private version: VersionDto | null = null;
  private current: Upload | null = null;
  private readonly speed = new Speed();
  view: JobView;

  constructor(
    readonly id: string, readonly project: string, readonly model: string, private readonly owner: string,
    private readonly files: JobFile[], private readonly startedAtMs: number, private readonly changed: (job: UploadJob) => void,
  ) {
    this.view = this.makeView();
  }

  static start(at: { project: string; model: string; owner: string }, picked: PickedFile[], changed: (job: UploadJob) => void): UploadJob {
    const files = picked.map(({ path, file }) => ({ path, file, sizeBytes: file.size, modifiedMs: file.lastModified, uploadUrl: null, sentBytes: 0 }));
    const job = new UploadJob(crypto.randomUUID(), at.project, at.model, at.owner, files, Date.now(), changed);
    job.keep();
    void job.next();
    return job;
  }

  /** One that was going on when the page was left. It waits for its files. */
  static restore(record: UploadRecord, changed: (job: UploadJob) => void): UploadJob {
    const job = new UploadJob(record.id, record.project, record.model, record.owner, record.files.map((f) => ({ ...f, sentBytes: 0, file: null })), record.startedAtMs, changed);
    job.set("files-needed");
    return job;
  }

  /** Takes the files chosen again; false when one is missing or is another file now. Those that are not the same are never mixed with what was sent. */
  giveFiles(picked: PickedFile[]): boolean {
    const found = this.files.map((f) => picked.find((p) => (p.path === f.path || (this.files.length === 1 && p.file.name === f.path)) && isSameFile(f, p.file)));
    if (found.some((f) => f === undefined)) return false;
    this.files.forEach((f, i) => { f.file = found[i]!.file; });
    void this.next();
    return true;
  }

  pause(): void {
    void this.current?.abort();
    this.set("paused");
  }

  resume(): void {
    if (this.files.some((f) => f.file === null)) this.set("files-needed");
    else void this.next();
  }

  /** Stops and removes what the server has of it. Resolves even when the server could not be reached: it removes leftovers after a day. */
  async cancel(): Promise<void> {
    keepRecord(this.id, null);
    await this.current?.abort().catch(() => undefined);
    await Promise.all(this.files.flatMap((f) => (f.uploadUrl ? [Upload.terminate(f.uploadUrl, { retryDelays: null }).catch(() => undefined)] : [])));
  }

  /** The network is back: no need to wait for the next try. */
  reconnect(): void {
    if (this.state !== "waiting") return;
    void this.current?.abort().then(() => this.next());
  }

  private async next(): Promise<void> {
    this.speed.reset();
    this.problem = null;
    const file = this.files.find((f) => f.sentBytes < f.sizeBytes || f.uploadUrl === null);
    if (!file) return this.finish();
    this.set("uploading");
    this.current = this.upload(file);
    this.current.start();
  }

  private upload(file: JobFile): Upload {
    const name = file.path.split("/").at(-1)!;
    const upload: Upload = new Upload(file.file!, {
      endpoint: `/api/v1/uploads?project=${encodeURIComponent(this.project)}`,
      uploadUrl: file.uploadUrl, uploadSize: file.sizeBytes, chunkSize: CHUNK_BYTES, retryDelays: RETRY_DELAYS_MS, storeFingerprintForResuming: false,
      metadata: { filename: name, path: file.path },
      onUploadUrlAvailable: () => { file.uploadUrl = upload.url ? new URL(upload.url, window.location.href).pathname : null; this.keep(); },
      onProgress: (sent) => {
        if (this.current !== upload || this.state === "paused") return;
        file.sentBytes = Math.min(sent, file.sizeBytes);
        this.speed.add(performance.now(), this.sentBytes);
        this.set("uploading");
      },
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0;
        const again = status === 0 || status >= 500 || status === 409 || status === 423 || status === 429;
        if (again && this.current === upload) { this.speed.reset(); this.set("waiting"); }
        return again;
      },
      onSuccess: () => {
        if (this.current !== upload) return;
        file.sentBytes = file.sizeBytes;
        void this.next();
      },
      onError: (error) => { if (this.current === upload) this.fail(problemOf(error)); },
    });
    return upload;
  }

  /** Every file is there: makes the version. The same key at every try, so that two tries make one version. */
  private async finish(): Promise<void> {
    this.current = null;
    this.set("inspecting");
    const uploadIds = this.files.map((f) => f.uploadUrl!.split("/").at(-1)!);
    try {
      this.version = await fetchJson<VersionDto>(`/api/v1/projects/${this.project}/models/${this.model}/versions`, { body: { uploadIds }, idempotencyKey: this.id, limitMs: null });
      keepRecord(this.id, null);
      this.set("done");
    } catch (cause) {
      const problem = asProblem(cause);
      if (problem.code !== "model_refused") return this.fail(problem);
      keepRecord(this.id, null);
      this.problem = problem;
      this.set("refused");
    }
  }

  private fail(problem: ApiProblem): void {
    this.current = null;
    this.problem = problem;
    this.set("failed");
  }

  private get sentBytes(): number {
    return this.files.reduce((sum, f) => sum + f.sentBytes, 0);
  }

  private keep(): void {
    const files = this.files.map(({ path, sizeBytes, modifiedMs, uploadUrl }) => ({ path, sizeBytes, modifiedMs, uploadUrl }));
    keepRecord(this.id, { id: this.id, project: this.project, model: this.model, owner: this.owner, startedAtMs: this.startedAtMs, files });
  }

  private set(state: JobState): void {
    this.state = state;
    this.view = this.makeView();
    this.changed(this);
  }

  private makeView(): JobView {
    return {
      id: this.id, project: this.project, model: this.model, state: this.state, files: [...this.files], sentBytes: this.sentBytes,
      totalBytes: this.files.reduce((sum, f) => sum + f.sizeBytes, 0), bytesPerSecond: this.state === "uploading" ? this.speed.bytesPerSecond : null, problem: this.problem, version: this.version,
    };
  }
}

/** What the upload's server said, or that it could not be reached. */
function problemOf(error: Error | DetailedError): ApiProblem {
  const response = "originalResponse" in error ? error.originalResponse : null;
  const status = response?.getStatus() ?? 0;
  if (status === 0) return new ApiProblem({ status: 0, code: "network", detail: "The connection was lost and did not come back. What was sent is kept for a day: resume when it is there again.", cause: error });
  try {
    const body = JSON.parse(response!.getBody()) as { code?: unknown; detail?: unknown };
    if (typeof body.code === "string" && typeof body.detail === "string") return new ApiProblem({ status, code: body.code as ApiProblem["code"], detail: body.detail });
  } catch {
    // a proxy's page
  }
  return new ApiProblem({ status, code: "unreadable", detail: `The upload was refused (HTTP ${status}). Try again in a moment.`, cause: error });
}
