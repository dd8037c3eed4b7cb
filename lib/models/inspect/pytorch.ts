import type { Budget } from "./budget";
import { Cursor } from "./cursor";
import { judgeWalk } from "./pickle";
import { walkPickle } from "./pickle-walk";
import type { Reading } from "./reading";
import { Refusal } from "./refusal";
import type { InspectionFinding, ReadableFile } from "./types";
import { matchesDirectory, openZipEntry, type ZipEntry } from "./zip";

const MAX_PICKLE_BYTES = 32 * 1024 * 1024;
const MAX_PICKLES = 64;
const RAW_STORAGE = /^[^/]+\/(data|constants)\/\d+$/;
/** LONG1, ten bytes: the number that torch.save wrote first before it used zip. */
const LEGACY_MAGIC = Buffer.from("8a0a6cfc9c46f920", "hex");
const LEGACY_PICKLES = 5;

/** True for the entries of a zip that torch.save or torch.jit.save wrote, however the name's case was changed. */
export function isTorchArchive(entries: ZipEntry[]): boolean {
  return entries.some((entry) => /(^|\/)data\.pkl$/i.test(entry.name));
}

/** Reads a PyTorch zip: every pickle in it is walked, by content as well as by name; stored code is reported. */
export async function readTorchArchive(file: ReadableFile, entries: ZipEntry[], budget: Budget): Promise<Reading> {
  const mangled = entries.find((entry) => /\.pkl$/i.test(entry.name) && !entry.name.endsWith(".pkl"));
  if (mangled) throw new Refusal("mangled_name", "The archive spells the name of its pickle in another case than PyTorch does, a way to slip past scanners. Save the model again.");
  const findings: InspectionFinding[] = [];
  let pickles = 0;
  for (const entry of entries) {
    budget.step();
    if (RAW_STORAGE.test(entry.name) || entry.sizeBytes === 0) continue;
    const content = entry.method === 0 || entry.name.endsWith(".pkl") ? await openZipEntry(file, entry, MAX_PICKLE_BYTES) : null;
    if (!content) continue;
    const head = await content.read(0, 2);
    if (!entry.name.endsWith(".pkl") && !(head[0] === 0x80 && (head[1] ?? 255) <= 5)) continue;
    pickles += 1;
    if (pickles > MAX_PICKLES) throw new Refusal("too_complex", `The archive holds more than ${MAX_PICKLES} pickles. Save the model again.`);
    // The walk comes first: a wrong checksum must not hide what a lenient loader would run.
    const walk = await walkPickle(new Cursor(content, budget), 0);
    findings.push(...judgeWalk(walk, file.path));
    if (walk.end !== null && walk.end < content.sizeBytes) throw new Refusal("data_after_stop", "Bytes follow the end of a pickle in the archive, where a second one could hide. Save the model again.");
    if (!(await matchesDirectory(content, entry))) throw new Refusal("bad_crc", "A pickle in the archive does not match its checksum or size: some loaders would run it, others would not. Save the model again.");
  }
  const torchScript = entries.some((entry) => /(^|\/)constants\.pkl$/.test(entry.name) || /(^|\/)code\//.test(entry.name));
  if (torchScript) findings.push({ severity: "warning", code: "torchscript", path: file.path, message: "The archive is TorchScript: it holds the model's program as code, which the runtime compiles and runs." });
  return { format: "pytorch", path: file.path, signature: null, parameters: null, weightBytesByType: null, facts: { container: torchScript ? "TorchScript" : "torch.save (zip)", entries: entries.length }, findings: unique(findings), carriesCode: true };
}

/** True for the head of a file that torch.save wrote before version 1.6. */
export function isLegacyTorch(head: Buffer): boolean {
  return head[0] === 0x80 && head.subarray(2, 2 + LEGACY_MAGIC.length).equals(LEGACY_MAGIC);
}

/** Reads the older layout: five pickles in a row, then raw storages that are not checked. */
export async function readLegacyTorch(file: ReadableFile, budget: Budget): Promise<Reading> {
  const cursor = new Cursor(file, budget);
  const findings: InspectionFinding[] = [];
  let offset = 0;
  for (let i = 0; i < LEGACY_PICKLES; i += 1) {
    const walk = await walkPickle(cursor, offset);
    findings.push(...judgeWalk(walk, file.path));
    if (walk.end === null) break;
    offset = walk.end;
  }
  if (offset < file.sizeBytes) findings.push({ severity: "info", code: "raw_storages", path: file.path, message: `The last ${file.sizeBytes - offset} bytes are raw weights of the older PyTorch layout; they were not looked at.` });
  return { format: "pytorch", path: file.path, signature: null, parameters: null, weightBytesByType: null, facts: { container: "torch.save (before 1.6)" }, findings: unique(findings), carriesCode: true };
}

function unique(findings: InspectionFinding[]): InspectionFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ code, message }) => !seen.has(code + message) && seen.add(code + message));
}
