import { decodeCursor, page } from "@/lib/api/cursor";
import { ageQuote } from "@/lib/costs/quote";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import type { Profile } from "@/lib/profiles/schema";

export type ProfileQuery = { limit: number; cursor?: string; targetKind?: "local" | "aws" };

/** The catalogue in its own order, local first. Ages of prices are as of now. */
export async function listProfiles(query: ProfileQuery, now = new Date()) {
  const after = decodeCursor(query.cursor, ["whole"]);
  const rows = await db().profile.findMany({
    where: { enabled: true, ...(query.targetKind ? { targetKind: query.targetKind } : {}), ...(after ? { sortOrder: { gt: Number(after[0]) } } : {}) },
    orderBy: { sortOrder: "asc" }, take: query.limit + 1,
  });
  return page(rows, query.limit, (p) => [p.sortOrder], (p) => aged(p.body as Profile, now));
}

export async function getProfile(slug: string, now = new Date()): Promise<Profile> {
  const row = await db().profile.findUnique({ where: { slug } });
  if (!row) throw notFound("profile");
  return aged(row.body as Profile, now);
}

const aged = (p: Profile, now: Date): Profile => ({
  ...p, price: p.price && ageQuote(p.price, now), priceOnDemand: p.priceOnDemand && ageQuote(p.priceOnDemand, now),
});
