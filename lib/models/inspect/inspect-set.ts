import { Budget } from "./budget";
import { classify, HEAD_BYTES, type Kind } from "./classify";
import { combineReadings } from "./combine";
import { extensionFinding, judgeOtherFile } from "./judge-other-file";
import { plainText } from "./plain-text";
import { readModelFile } from "./read-model-file";
import type { Reading } from "./reading";
import { Refusal } from "./refusal";
import type { SafetensorsReading } from "./safetensors";
import { checkSafetensorsIndex } from "./safetensors-index";
import { readConfig } from "./set-config";
import { checkArchiveName } from "./slice";
import type { Inspection, InspectionFinding, ReadableFile } from "./types";

export type InspectOptions = {
  /** Time one file may take, in milliseconds; it is refused after that. Default 1,800. */
  timeoutMsPerFile?: number;
};

const MAX_FILES = 10_000;
/** Time a whole set may take, however many files it has. */
const MAX_SET_MS = 60_000;
const CONFIG_FILE = /(^|\/)(config|tokenizer_config|chat_template|processor_config|preprocessor_config|generation_config)\.json$/;
const INDEX_FILE = /\.safetensors\.index\.json$/;
/** Findings beyond this many are left out unless they are dangerous: nobody reads them. */
const MAX_OTHER_FINDINGS = 200;

/**
 * Reads every file of an uploaded set without running any, and says what it is: refused, quarantined (it carries code) or accepted.
 * Formats are told by content; names only ever add a finding. Never throws on content; I/O errors of `read` pass through.
 */
export async function inspectSet(files: ReadableFile[], options: InspectOptions = {}): Promise<Inspection> {
  const set = new SetInspection(files, options);
  try {
    set.checkPaths();
    await set.readFiles();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    set.refuse(error);
  }
  return set.result();
}

class SetInspection {
  private readonly findings: InspectionFinding[] = [];
  private readonly readings: Reading[] = [];
  private readonly siblings: ReadonlyMap<string, number>;
  private readonly facts: Record<string, string | number> = {};
  private carriesCode = false;
  private refused = false;

  constructor(private readonly files: ReadableFile[], private readonly options: InspectOptions) {
    this.siblings = new Map(files.map((file) => [file.path, file.sizeBytes]));
  }

  refuse(refusal: Refusal, path?: string): void {
    this.refused = true;
    const at = refusal.path ?? path;
    this.add({ severity: "danger", code: refusal.code, message: refusal.message, ...(at === undefined ? {} : { path: at }) });
  }

  checkPaths(): void {
    if (this.files.length > MAX_FILES) throw new Refusal("too_many_files", `The set has ${this.files.length} files; at most ${MAX_FILES} are read. Upload only what the model needs.`);
    const seen = new Map<string, string>();
    for (const file of this.files) checkArchiveName(file.path, seen, "set");
  }

  async readFiles(): Promise<void> {
    const kinds = new Map<ReadableFile, Kind>();
    for (const file of this.files) kinds.set(file, classify(await file.read(0, HEAD_BYTES), file.sizeBytes));
    // ONNX models first: what they name as their weights is not a file to be classified on its own.
    const ordered = this.files.toSorted((a, b) => Number(kinds.get(b) === "onnx") - Number(kinds.get(a) === "onnx"));
    const weights = new Set<string>();
    const deadline = performance.now() + MAX_SET_MS;
    for (const file of ordered) {
      if (performance.now() > deadline) throw new Refusal("too_slow", "Reading the set took longer than a minute. Upload fewer files, or try again.");
      const kind = kinds.get(file) ?? "binary";
      if (weights.has(file.path) && kind !== "zip" && kind !== "native") continue;
      await this.guarded(file, () => this.readOne(file, kind, weights));
    }
    const shards = this.readings.filter((reading): reading is SafetensorsReading => reading.format === "safetensors");
    for (const index of this.files.filter(({ path }) => INDEX_FILE.test(path))) await this.guarded(index, () => checkSafetensorsIndex(index, shards));
  }

  private async readOne(file: ReadableFile, kind: Kind, weights: Set<string>): Promise<void> {
    const reading = await readModelFile(file, kind, this.siblings, new Budget(this.options.timeoutMsPerFile));
    if (reading) {
      this.readings.push(reading);
      reading.references?.forEach((path) => weights.add(path));
      reading.findings.forEach((finding) => this.add(finding));
      const mismatch = extensionFinding(file.path, reading.format);
      if (mismatch) this.add(mismatch);
      this.carriesCode ||= reading.carriesCode;
      return;
    }
    const other = await judgeOtherFile(file, kind);
    other.findings.forEach((finding) => this.add(finding));
    this.carriesCode ||= other.carriesCode;
    if (kind === "text" && CONFIG_FILE.test(file.path)) {
      const config = await readConfig(file);
      Object.assign(this.facts, config.facts);
      config.findings.forEach((finding) => this.add(finding));
      this.carriesCode ||= config.carriesCode;
    }
  }

  private async guarded(file: ReadableFile, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.refuse(error, file.path);
    }
  }

  private add(finding: InspectionFinding): void {
    if (this.findings.length < MAX_OTHER_FINDINGS || finding.severity === "danger") this.findings.push(finding);
  }

  result(): Inspection {
    let summary;
    try {
      summary = combineReadings(this.readings);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.refuse(error);
      summary = combineReadings([]);
    }
    if (summary.format === "unknown" && !this.refused) {
      const names = this.files.slice(0, 3).map(({ path }) => plainText(path, 60)).join(", ");
      this.refuse(new Refusal("no_model", `No model was recognised${names ? ` in ${names}` : ""}. Upload ONNX, safetensors, GGUF, a PyTorch file, a TorchServe .mar or a .bento.`));
    }
    const { findings, ...description } = summary;
    findings.forEach((finding) => this.add(finding));
    const severity = { danger: 0, warning: 1, info: 2 };
    return {
      ...description,
      verdict: this.refused ? "refused" : this.carriesCode ? "quarantined" : "accepted",
      facts: { ...this.facts, ...description.facts, ...(description.format === "safetensors" && this.facts.architecture ? { architecture: this.facts.architecture } : {}) },
      findings: this.findings.toSorted((a, b) => severity[a.severity] - severity[b.severity]),
    };
  }
}
