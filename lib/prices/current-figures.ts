import { db } from "@/lib/db/client";
import { READING_SCHEMAS, type Reading, type ReadingKind } from "@/lib/prices/reading";
import { withReadings } from "@/lib/prices/with-readings";
import { awsData, type AwsData } from "@/lib/profiles/aws-data";

/** What is known of AWS now: what ships with Slipway, and what was read since. */
export async function currentFigures(): Promise<AwsData> {
  return withReadings(awsData(), await lastGood());
}

async function lastGood(): Promise<Reading[]> {
  const rows = await db().priceReading.findMany({ where: { asOf: { not: null } } });
  return rows.flatMap((row) => {
    const kind = row.kind as ReadingKind;
    // A row of a later version may be of another shape: it is as if it had not been read.
    const data = READING_SCHEMAS[kind]?.safeParse(row.data);
    return data?.success && row.asOf ? [{ kind, region: row.region, data: data.data, source: row.source ?? "", asOf: row.asOf.toISOString() } as Reading] : [];
  });
}
