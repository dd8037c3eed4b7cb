import { decodeCursor, page } from "@/lib/api/cursor";
import { ageQuote } from "@/lib/costs/quote";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { awsData } from "@/lib/profiles/aws-data";
import type { OfferingTarget } from "@/lib/profiles/offers";
import type { Profile } from "@/lib/profiles/schema";
import { ageRisk } from "@/lib/profiles/spot-price";
import { findTarget } from "@/lib/targets-catalogue/find-target";
import { offeringOf } from "@/lib/targets-catalogue/region-of";

export type ProfileQuery = { limit: number; cursor?: string; targetKind?: Profile["targetKind"]; /** Those that this target offers. */ target?: string };

/** The catalogue in its own order, local first. Ages of prices are as of now. */
export async function listProfiles(query: ProfileQuery, now = new Date()) {
  const after = decodeCursor(query.cursor, ["whole"]);
  const target = query.target === undefined ? null : offeringOf(await findTarget(query.target));
  const rows = await db().profile.findMany({
    where: { enabled: true, ...(target ? offeredWhere(target) : {}), ...(query.targetKind ? { targetKind: query.targetKind } : {}), ...(after ? { sortOrder: { gt: Number(after[0]) } } : {}) },
    orderBy: { sortOrder: "asc" }, take: query.limit + 1,
  });
  return page(rows, query.limit, (p) => [p.sortOrder], (p) => aged(p.body as Profile, now));
}

export async function getProfile(slug: string, now = new Date()): Promise<Profile> {
  const row = await db().profile.findUnique({ where: { slug } });
  if (!row) throw notFound("profile");
  return aged(row.body as Profile, now);
}

/** As lib/profiles/offers.ts says, for the database. */
const offeredWhere = (t: OfferingTarget) => {
  if (t.kind === "local") return { targetKind: "local" };
  const aws = { targetKind: "aws", body: { path: ["region"], equals: t.region ?? "" } };
  return t.kind === "kubernetes" ? { OR: [aws, { targetKind: "kubernetes", body: { path: ["architecture"], equals: t.architecture ?? "amd64" } }] } : aws;
};

const aged = (p: Profile, now: Date): Profile => ({
  ...p, vcpus: p.instanceType === null ? null : (awsData().types.types[p.instanceType]?.vcpu ?? null), price: p.price && ageQuote(p.price, now), priceOnDemand: p.priceOnDemand && ageQuote(p.priceOnDemand, now), spot: p.spot && ageRisk(p.spot, now),
});
