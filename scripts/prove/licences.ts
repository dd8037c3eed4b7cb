/** Licences that ask for no more than to be named, or to keep changes to a file open. Any of an `OR` is enough; each of an `AND` must be here. */
const ALLOWED = new Set(["Apache-2.0", "MIT", "MIT-0", "ISC", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "BlueOak-1.0.0", "Unlicense", "CC0-1.0", "Zlib", "PSF-2.0", "MPL-2.0"]);

/** Packages under another licence, or whose entry names none, and why each may be used all the same. */
export const EXCEPTIONS: Record<string, string> = {
  "@img/sharp-*": "LGPL-3.0-or-later: libvips as a shared library of its own, unchanged, taken by Next for images",
  "caniuse-lite": "CC-BY-4.0: data that a build reads",
  "elkjs": "EPL-2.0: used unchanged",
  "geist": "SIL OPEN FONT LICENSE: a font, shipped with its licence",
  "combine-errors": "names no licence in its manifest: MIT by its Readme",
  "seq-queue": "names no licence in its manifest: MIT by its LICENSE file",
};

type Lock = { packages: Record<string, { version?: string; license?: string; link?: boolean }> };

/** Pure: whether an SPDX expression without nesting is allowed. */
export function allows(expression: string): boolean {
  return expression.replace(/[()]/g, "").split(/ or /i).some((all) => all.split(/ and /i).every((one) => ALLOWED.has(one.trim())));
}

/** Pure: the packages of a lock file that nothing above lets in, and the exceptions that nothing needs any more. */
export function licences(lock: Lock): { packages: number; refused: string[]; unused: string[] } {
  const used = new Set<string>();
  const refused: string[] = [];
  const entries = Object.entries(lock.packages).filter(([at, entry]) => at !== "" && !entry.link);
  for (const [at, { license, version }] of entries) {
    const name = at.slice(at.lastIndexOf("node_modules/") + "node_modules/".length);
    if (license && allows(license)) continue;
    const exception = Object.keys(EXCEPTIONS).find((e) => (e.endsWith("*") ? name.startsWith(e.slice(0, -1)) : e === name));
    if (exception) used.add(exception);
    else refused.push(`${name}@${version} (${license ?? "no licence named"})`);
  }
  return { packages: entries.length, refused, unused: Object.keys(EXCEPTIONS).filter((e) => !used.has(e)) };
}
