import { chooseRuntime } from "@/lib/serving/runtimes";

/** Why a version cannot run on a kind of target, in a sentence that says what to do; null where it can. The API says the same. */
export function whyNotDeployable(version: { version: number; state: string; format: string }, targetKind: string): string | null {
  if (version.state === "quarantined") return `Version ${version.version} carries code, so it may not run until a platform person has approved it.`;
  if (version.state === "approved" && targetKind === "local") return `Version ${version.version} carries code. It was approved, but runs only on a cluster, in a restricted pod.`;
  const choice = chooseRuntime(version.format, targetKind);
  return choice.ok ? null : choice.message;
}
