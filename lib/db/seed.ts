import os from "node:os";
import { statfs } from "node:fs/promises";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { currentFigures } from "@/lib/prices/current-figures";
import { localPricing } from "@/lib/profiles/local-pricing";
import { localProfiles } from "@/lib/profiles/local-profiles";
import { putAwsProfiles, putProfiles, putTargetProfiles } from "@/lib/profiles/put-profiles";
import { regionOf } from "@/lib/targets-catalogue/region-of";

/** Puts the local target and the catalogue in place. Safe to run at every start, by several processes at once. */
export async function seed(now = new Date()): Promise<void> {
  await db().target.upsert({ where: { slug: "local" }, create: { slug: "local", name: "This machine", kind: "local" }, update: {} });
  const disk = await statfs(env().SLIPWAY_DATA_DIR).catch(() => null);
  const machine = {
    cores: os.availableParallelism(), memoryMib: Math.floor(os.totalmem() / 1024 ** 2),
    diskGib: disk && Math.floor((disk.bavail * disk.bsize) / 1024 ** 3), architecture: os.arch() === "arm64" ? "arm64" as const : "amd64" as const,
  };
  const figures = await currentFigures();
  await putProfiles(localProfiles(machine, localPricing(now, figures), now), 0);
  await putAwsProfiles(figures, now);
  for (const target of await db().target.findMany({ where: { kind: { in: ["kubernetes", "eks"] } } })) await putTargetProfiles(target.kind, regionOf(target), now, figures);
}
