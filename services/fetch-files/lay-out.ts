import fs from "node:fs/promises";
import path from "node:path";
import type { Layout } from "@/lib/serving/layout";
import { asDiskFailure, FetchFailure } from "./failure";

/** Where a file of the set goes. Throws for a path that would leave the folder: the list is checked, and this does not rely on it. */
export function placeOf(modelDir: string, layout: Layout, name: string): string {
  const relative = `${layout.prefix}${layout.rename[name] ?? name}`;
  const target = path.resolve(modelDir, relative);
  if (path.isAbsolute(relative) || relative.includes("\0") || !target.startsWith(`${path.resolve(modelDir)}${path.sep}`)) throw new FetchFailure("refused", `${JSON.stringify(name)} is no path inside the model's folder.`);
  return target;
}

/** Files the runtime wants beside the model, and the list of what was fetched and verified, last. */
export async function writeRest(modelDir: string, listFile: string, layout: Layout, files: { path: string; absolutePath: string; sizeBytes: number; sha256: string }[]): Promise<void> {
  try {
    for (const [name, text] of Object.entries(layout.write)) await writeWhole(placeOf(modelDir, { ...layout, prefix: "", rename: {} }, name), text);
    await writeWhole(listFile, JSON.stringify(files));
  } catch (error) {
    throw asDiskFailure(error, "a file of the runtime's configuration");
  }
}

async function writeWhole(target: string, text: string): Promise<void> {
  await fs.mkdir(path.dirname(target), { recursive: true });
  await fs.writeFile(`${target}.part`, text);
  await fs.rename(`${target}.part`, target);
}
