/** A file of a set with its place in it. */
export type PickedFile = { path: string; file: File };

/** Files that systems leave in folders and that are no part of a model. */
const LEFTOVERS = new Set([".DS_Store", "Thumbs.db", "desktop.ini"]);

const wanted = (path: string) => !path.split("/").some((part) => LEFTOVERS.has(part) || part === ".git" || part === "__MACOSX");

/** The files of an `<input type=file>`, with their paths where a folder was chosen. */
export function readInput(files: FileList): PickedFile[] {
  return [...files].map((file) => ({ path: file.webkitRelativePath || file.name, file })).filter((f) => wanted(f.path));
}

/**
 * The files that were dropped, folders walked to their end. Call it inside the drop handler: the entries are taken before the
 * first await, since the browser empties the DataTransfer afterwards.
 */
export async function readDrop(transfer: DataTransfer): Promise<PickedFile[]> {
  const entries = [...transfer.items].filter((i) => i.kind === "file").map((i) => i.webkitGetAsEntry());
  const plain = [...transfer.files];
  if (entries.length === 0 || entries.some((e) => e === null)) return plain.map((file) => ({ path: file.name, file }));
  const found = await Promise.all(entries.map((entry) => walk(entry!)));
  return found.flat().filter((f) => wanted(f.path)).sort((a, b) => a.path.localeCompare(b.path));
}

async function walk(entry: FileSystemEntry): Promise<PickedFile[]> {
  const path = entry.fullPath.replace(/^\//, "");
  if (entry.isFile) return [{ path, file: await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)) }];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const children: FileSystemEntry[] = [];
  // A reader gives at most a hundred entries a call, and an empty list at the end.
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) break;
    children.push(...batch);
  }
  return (await Promise.all(children.map(walk))).flat();
}
