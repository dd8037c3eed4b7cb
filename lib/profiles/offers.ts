import type { Profile } from "@/lib/profiles/schema";

/** What of a target decides which profiles it offers. */
export type OfferingTarget = { kind: string; region: string | null; /** Of all its nodes; null: several, or not known. */ architecture: "amd64" | "arm64" | null };

/** Pure: whether a target offers a profile. On EKS, AWS's of its region; elsewhere shares of any node, and AWS's where its nodes are known to be there. */
export function offers(target: OfferingTarget, profile: Pick<Profile, "targetKind" | "region" | "architecture">): boolean {
  if (target.kind === "local") return profile.targetKind === "local";
  if (profile.targetKind === "aws") return profile.region === target.region;
  return target.kind === "kubernetes" && profile.targetKind === "kubernetes" && (target.architecture === null ? profile.architecture === "amd64" : profile.architecture === target.architecture);
}
