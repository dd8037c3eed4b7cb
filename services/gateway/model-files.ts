import { chmod, copyFile, link, mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/lib/errors";
import type { ArtifactFile, RevisionSpec } from "@/lib/targets/target";
import type { ConfigFile } from "@/services/model-server/config";

/** Where the bytes of a blob lie on this machine. */
export type ResolveBlob = (blobId: string) => string | Promise<string>;

const isSafeRelative = (p: string) =>
  p !== "" && p.length <= 1024 && !p.includes("\0") && !p.includes("\\") && !path.posix.isAbsolute(p) && !/^[A-Za-z]:/.test(p) &&
  p.split("/").every((part) => part !== "" && part !== "." && part !== "..");

/**
 * The files of a revision as a model server takes them. One file is loaded straight from the store; a set gets a directory of hard
 * links with its own names (copies where linking fails, as across file systems), since files of a set refer to each other by name.
 * Throws AppError("invalid_request") on a path that would leave the directory.
 */
export async function layOutFiles(revision: RevisionSpec, setDir: string, resolveBlob: ResolveBlob): Promise<ConfigFile[]> {
  const entry = (f: ArtifactFile, absolutePath: string): ConfigFile => ({ path: f.path, absolutePath, sizeBytes: f.sizeBytes, sha256: f.sha256 });
  const [only] = revision.files;
  if (only && revision.files.length === 1) return [entry(only, await resolveBlob(only.blobId))];
  await removeSet(setDir);
  const laidOut: ConfigFile[] = [];
  const dirs = new Set([setDir]);
  for (const file of revision.files) {
    if (!isSafeRelative(file.path)) throw new AppError("invalid_request", `The model has a file with the unsafe path ${JSON.stringify(file.path)}.`);
    const target = path.join(setDir, ...file.path.split("/"));
    for (let dir = path.dirname(target); dir.length >= setDir.length; dir = path.dirname(dir)) dirs.add(dir);
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    const source = await resolveBlob(file.blobId);
    await link(source, target).catch(() => copyFile(source, target));
    laidOut.push(entry(file, target));
  }
  for (const dir of dirs) await chmod(dir, 0o500);
  return laidOut;
}

/** Takes a set's directory away; what is not there is fine. */
export async function removeSet(setDir: string): Promise<void> {
  await makeWritable(setDir);
  await rm(setDir, { recursive: true, force: true });
}

async function makeWritable(dir: string): Promise<void> {
  try {
    await chmod(dir, 0o700);
    for (const item of await readdir(dir, { withFileTypes: true })) if (item.isDirectory()) await makeWritable(path.join(dir, item.name));
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code !== "ENOENT") throw e;
  }
}
