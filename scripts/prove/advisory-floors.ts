import { nameAt, type Lock } from "./lock-file";

export type Floor = { package: string; atLeast: string; why: string };

/**
 * The lowest version of each package in which the incidents of docs/immunity.md, and what followed them, are mended, as its makers' advisories say.
 * It is checked without a network, in every run of the tests; `npm run prove -- --only advisories` asks the registry as well.
 */
export const ADVISORY_FLOORS: readonly Floor[] = [
  { package: "next", atLeast: "16.2.11", why: "CVE-2025-29927, 2025-55182, 2025-57822, 2026-23870, 2026-27978, 2026-44573 to 44575, 2026-44578, GHSA-6gpp-xcg3-4w24" },
  { package: "react", atLeast: "19.2.6", why: "CVE-2025-55182, 2026-23869, 2026-23870" },
  { package: "react-dom", atLeast: "19.2.6", why: "CVE-2025-55182, 2026-23869, 2026-23870" },
  { package: "better-auth", atLeast: "1.6.25", why: "CVE-2025-61928, 2025-71401, 2025-71403, 2026-45337, GHSA-g38m-r43w-p2q7, GHSA-qq9h-g4jm-xgf3" },
  { package: "esbuild", atLeast: "0.28.1", why: "the advisory that 0.28.1 mends" },
];

/** Pure: whether a release is at or above another. A pre-release is below the release it leads to. */
export function isAtLeast(version: string, floor: string): boolean {
  const parts = (v: string) => v.split("-")[0]!.split(".").map(Number);
  const [a, b] = [parts(version), parts(floor)];
  for (let i = 0; i < 3; i++) if (a[i] !== b[i]) return (a[i] ?? 0) > (b[i] ?? 0);
  return !version.includes("-") || floor.includes("-");
}

/** Pure: every copy of those packages in the lock file that is too old, and floors of packages that are no longer in it. */
export function belowFloors(lock: Lock, floors: readonly Floor[] = ADVISORY_FLOORS): { copies: number; below: string[]; unused: string[] } {
  const installed = Object.entries(lock.packages).filter(([at, entry]) => at !== "" && !entry.link).map(([at, entry]) => ({ name: nameAt(at), version: entry.version ?? "" }));
  const copies = floors.flatMap((f) => installed.filter((i) => i.name === f.package).map((i) => ({ ...i, floor: f.atLeast })));
  return {
    copies: copies.length, below: copies.filter((c) => !isAtLeast(c.version, c.floor)).map((c) => `${c.name}@${c.version} is below ${c.floor}`),
    unused: floors.filter((f) => !copies.some((c) => c.name === f.package)).map((f) => f.package),
  };
}
