import { db } from "@/lib/db/client";
import { currentFigures } from "@/lib/prices/current-figures";
import { awsData, type AwsData } from "@/lib/profiles/aws-data";
import { awsProfiles, DEFAULT_REGION } from "@/lib/profiles/catalogue";
import { clusterProfiles } from "@/lib/profiles/cluster-profiles";
import type { Profile } from "@/lib/profiles/schema";

// Positions in the catalogue: this machine's and the default region's from 0, a cluster's own, then each further region in a block of its own.
const AWS_FROM = 100;
const CLUSTER_FROM = 5_000;
const REGION_BLOCK = 10_000;

/** Writes profiles, those that changed only. Safe to run by several processes at once. */
export async function putProfiles(profiles: Profile[], from: number): Promise<void> {
  const stored = new Map((await db().profile.findMany({ where: { slug: { in: profiles.map((p) => p.slug) } }, select: { slug: true, body: true, sortOrder: true } })).map((p) => [p.slug, `${p.sortOrder} ${JSON.stringify(p.body)}`]));
  for (const [index, profile] of profiles.entries()) {
    if (stored.get(profile.slug) === `${from + index} ${JSON.stringify(profile)}`) continue;
    const data = { body: profile, targetKind: profile.targetKind, sortOrder: from + index };
    await db().profile.upsert({ where: { slug: profile.slug }, create: { slug: profile.slug, ...data }, update: data });
  }
}

/** What a target of this kind offers and the seed does not write already: shares of any node, and AWS's of its region. */
export async function putTargetProfiles(kind: string, region: string | null, now = new Date(), figures?: AwsData): Promise<void> {
  if (kind === "kubernetes") await putProfiles(clusterProfiles(), CLUSTER_FROM);
  if (region !== null && region !== DEFAULT_REGION) await putProfiles(awsProfiles(region, now, figures ?? await currentFigures()), blockOf(region));
}

/** AWS's of the default region, behind this machine's own. */
export const putAwsProfiles = (figures: AwsData, now: Date): Promise<void> => putProfiles(awsProfiles(DEFAULT_REGION, now, figures), AWS_FROM);

/** Where a region's profiles begin. Those that the shipped files do not name come after, at a place made from the name. */
function blockOf(region: string): number {
  const data = awsData();
  const regions = [...new Set([...Object.keys(data.onDemand.regions), ...Object.keys(data.spot.regions)])].sort();
  const at = regions.indexOf(region);
  if (at >= 0) return REGION_BLOCK * (1 + at);
  return REGION_BLOCK * (1 + regions.length + [...region].reduce((hash, c) => (hash * 31 + c.charCodeAt(0)) % 1009, 0));
}
