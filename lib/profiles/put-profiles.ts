import { db } from "@/lib/db/client";
import { awsData } from "@/lib/profiles/aws-data";
import { awsProfiles, DEFAULT_REGION } from "@/lib/profiles/catalogue";
import { clusterProfiles } from "@/lib/profiles/cluster-profiles";
import type { Profile } from "@/lib/profiles/schema";

// Positions in the catalogue: this machine's and the default region's from 0, a cluster's own, then each further region in a block of its own.
const CLUSTER_FROM = 5_000;
const REGION_BLOCK = 10_000;

/** Writes profiles, those that changed only. Safe to run by several processes at once. */
export async function putProfiles(profiles: Profile[], from: number): Promise<void> {
  const stored = new Map((await db().profile.findMany({ where: { slug: { in: profiles.map((p) => p.slug) } }, select: { slug: true, body: true } })).map((p) => [p.slug, JSON.stringify(p.body)]));
  for (const [index, profile] of profiles.entries()) {
    if (stored.get(profile.slug) === JSON.stringify(profile)) continue;
    const data = { body: profile, targetKind: profile.targetKind, sortOrder: from + index };
    await db().profile.upsert({ where: { slug: profile.slug }, create: { slug: profile.slug, ...data }, update: data });
  }
}

/** What a target of this kind offers and the seed does not write already: shares of any node, and AWS's of its region. */
export async function putTargetProfiles(kind: string, region: string | null, now = new Date()): Promise<void> {
  if (kind === "kubernetes") await putProfiles(clusterProfiles(), CLUSTER_FROM);
  if (region === null || region === DEFAULT_REGION) return;
  const data = awsData();
  const regions = [...new Set([...Object.keys(data.onDemand.regions), ...Object.keys(data.spot.regions)])].sort();
  await putProfiles(awsProfiles(region, now), REGION_BLOCK * (1 + regions.indexOf(region)));
}
