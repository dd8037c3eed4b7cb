/** What is mutated, by area: the pure files whose unit tests lie beside them. */
export const MUTATED: Record<string, string[]> = {
  authorisation: ["lib/auth/permissions.ts", "lib/auth/tokens.ts", "lib/auth/session-lifetime.ts", "lib/auth/safe-next-path.ts"],
  reconciler: ["lib/reconciler/decide.ts", "lib/reconciler/weigh.ts", "lib/reconciler/give-up.ts", "lib/reconciler/conditions.ts", "lib/reconciler/judge.ts", "lib/reconciler/replica-progress.ts", "lib/reconciler/canary/step-canary.ts", "lib/reconciler/canary/judge-canary.ts"],
  uploads: ["lib/uploads/upload-metadata.ts"],
  SSRF: ["lib/net/vet-address.ts", "lib/net/vet-cluster-address.ts", "lib/net/client-address.ts", "lib/net/limit-key.ts"],
};

export type Score = { area: string; counted: number; percent: number };

/** Pure: of the mutants that count (those that ran), how many were noticed. One that hangs is noticed; one no test runs is not; one that does not compile counts for nothing. */
export function judgeMutants(mutants: readonly { file: string; status: string }[], areas: Record<string, string[]> = MUTATED): Score[] {
  return Object.entries(areas).map(([area, files]) => {
    const own = mutants.filter((m) => files.includes(m.file) && /^(Killed|Timeout|Survived|NoCoverage)$/.test(m.status));
    const noticed = own.filter((m) => m.status === "Killed" || m.status === "Timeout").length;
    // An area without a mutant has proven nothing.
    return { area, counted: own.length, percent: own.length === 0 ? 0 : (noticed / own.length) * 100 };
  });
}
