import { z } from "zod";
import { AppError } from "@/lib/errors";
import { guardedFetch, readBody } from "@/lib/net/guarded-fetch";
import { OPERATORS_OWN } from "@/lib/net/operators-own";
import { advisorReadingSchema, type Answer } from "@/lib/prices/reading";

/** Public, without credentials, and in no documentation of AWS: its shape is checked. */
export const SPOT_ADVISOR_URL = "https://spot-bid-advisor.s3.amazonaws.com/spot-advisor-data.json";
const MOST_BYTES = 32 * 1024 ** 2;

const rowSchema = z.object({ r: z.number().int().min(0).max(4), s: z.number().max(100) });
const fileSchema = z.object({
  ranges: z.array(z.object({ index: z.number().int(), label: z.string().max(20), max: z.number() })).length(5),
  spot_advisor: z.record(z.string(), z.object({ Linux: z.record(z.string(), rowSchema).optional() })),
});

/** The Spot Advisor's bands and savings, Linux, of the types named; from AWS, or from the operator's copy of the file. Throws AppError in words. */
export async function askSpotAdvisor(types: ReadonlySet<string>, now: Date, mirror?: string): Promise<Answer<"spot-advisor">> {
  const response = await guardedFetch(mirror ?? SPOT_ADVISOR_URL, { maxBytes: MOST_BYTES, headers: { "accept-encoding": "gzip" }, signal: AbortSignal.timeout(60_000), ...(mirror ? { allow: OPERATORS_OWN, maxRedirects: 0 } : {}) });
  if (response.status !== 200) {
    response.body.destroy();
    throw new AppError("bad_gateway", `The Spot Advisor's file answered with status ${response.status}.`);
  }
  return { data: parseSpotAdvisor((await readBody(response)).toString("utf8"), types), source: "AWS Spot Advisor", asOf: dateOf(response.headers["last-modified"], now) };
}

/** Pure. Throws AppError where the file is no longer of the shape it had. */
export function parseSpotAdvisor(text: string, types: ReadonlySet<string>): Answer<"spot-advisor">["data"] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new AppError("bad_gateway", "The Spot Advisor's file is not JSON any more.");
  }
  const file = fileSchema.safeParse(json);
  if (!file.success) throw new AppError("bad_gateway", "The Spot Advisor's file does not have the shape it had. What was read before is kept.");
  const regions = Object.fromEntries(Object.entries(file.data.spot_advisor).flatMap(([region, { Linux = {} }]) => {
    const rows = Object.entries(Linux).filter(([type]) => types.has(type));
    return rows.length > 0 ? [[region, Object.fromEntries(rows)]] : [];
  }));
  if (Object.keys(regions).length === 0) throw new AppError("bad_gateway", "The Spot Advisor's file names none of the instance types on file.");
  return advisorReadingSchema.parse({ ranges: file.data.ranges, regions });
}

/** The file carries no date: the server's, unless it is none or in the future. */
function dateOf(lastModified: string | undefined, now: Date): Date {
  const at = lastModified ? new Date(lastModified) : now;
  return Number.isNaN(at.getTime()) || at > now ? now : at;
}
