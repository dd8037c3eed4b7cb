import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { advisorFile, startPriceDouble, type PriceAnswers } from "@/e2e/aws-price-double";
import { createTestDatabase, type TestDatabase } from "@/e2e/test-database";
import { systemActor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { seed } from "@/lib/db/seed";
import { listInstanceTypes } from "@/lib/prices/list-instance-types";
import { refreshDuePrices, refreshPrices } from "@/lib/prices/refresh-prices";
import { getProfile } from "@/lib/profiles/list-profiles";

// The price list and the advisor's file answer in their recorded shape on loopback; EC2 is refused, as to an identity without the right.
const answers: PriceAnswers = {
  onDemand: { "us-east-1": { "g6.xlarge": "0.8100000000", "c7i.large": "0.0900000000", "m7i.large": "0.1020000000" }, "eu-central-1": { "g6.xlarge": "1.0060000000" } },
  advisor: { status: 200, body: advisorFile({ "us-east-1": { "g6.xlarge": { s: 40, r: 1 } }, "eu-central-1": { "g6.xlarge": { s: 50, r: 0 } } }) },
};
const NOW = new Date("2026-11-27T12:00:00Z");
const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
let database: TestDatabase;
let double: Awaited<ReturnType<typeof startPriceDouble>>;

beforeAll(async () => {
  database = await createTestDatabase();
  double = await startPriceDouble(answers);
  Object.assign(process.env, {
    DATABASE_URL: database.appUrl, DATABASE_MIGRATION_URL: database.migrationUrl, AWS_ENDPOINT_URL: double.url, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", SLIPWAY_SPOT_ADVISOR_URL: `${double.url}/spot-advisor-data.json`,
  });
  await seed(NOW);
});
afterAll(async () => {
  await double?.stop();
  await db().$disconnect();
  await pool().end();
  await database?.drop();
});

const actor = systemActor("test");
const problemOf = (items: { kind: string; region: string; problem: string | null }[], kind: string, region: string) => items.find((i) => i.kind === kind && i.region === region)?.problem;
const connectEks = () => db().target.create({
  data: {
    slug: "prod", name: "Prod", kind: "eks",
    config: { auth: "eks", instance: "stest000", region: "eu-central-1", clusterName: "c", clusterArn: "arn:aws:eks:eu-central-1:123456789012:cluster/c", accountId: "123456789012", endpoint: "https://127.0.0.1:1", caData: "eA==", autoMode: false, roleArn: null },
  },
});

describe("reading prices", () => {
  it("without an account asks nobody by itself, and on demand reads the public file alone", async () => {
    await refreshDuePrices(NOW);
    expect([double.asked, await db().priceReading.count()]).toEqual([[], 0]);
    const { items, accounts } = await refreshPrices(actor, {}, NOW);
    expect([accounts, double.asked]).toEqual([[], ["/spot-advisor-data.json"]]);
    expect(problemOf(items, "on-demand", "us-east-1")).toMatch(/No AWS account is connected/);
    expect(problemOf(items, "spot-advisor", "world")).toBeNull();
    expect((await getProfile("g6-xlarge", NOW)).price).toMatchObject({ value: 0.8048, stale: true });
    expect((await getProfile("g6-xlarge-spot", NOW)).spot).toMatchObject({ band: "5-10%", savingsPercent: 40, stale: false });
  });

  it("with an EKS target prices every page of the list, its own region, and this machine; stale marks go", async () => {
    await connectEks();
    await refreshPrices(actor, {}, later(1));
    expect((await getProfile("g6-xlarge", later(1))).price).toMatchObject({ value: 0.81, stale: false, source: "AWS Pricing API" });
    expect((await getProfile("g6-xlarge-eu-central-1", later(1))).price).toMatchObject({ value: 1.006, region: "eu-central-1", stale: false });
    expect((await getProfile("g6-xlarge-spot-eu-central-1", later(1))).price).toMatchObject({ value: 0.503, stale: false, estimate: true });
    expect((await getProfile("local-small", later(1))).price).toMatchObject({ stale: false, estimate: true });
    expect(await db().auditEntry.count({ where: { action: "prices.refresh" } })).toBe(2);
  });

  it("that fails keeps the last good figures, and says why", async () => {
    answers.onDemand = "denied";
    answers.advisor = { status: 503, body: "" };
    const { items } = await refreshPrices(actor, {}, later(2));
    expect(items.find((i) => i.kind === "on-demand" && i.region === "us-east-1")).toMatchObject({ problem: "AWS refuses pricing:GetProducts to this identity. Allow it in its IAM policy.", asOf: later(1).toISOString(), triedAt: later(2).toISOString(), account: "prod" });
    expect(problemOf(items, "spot-advisor", "world")).toMatch(/status 503/);
    expect(problemOf(items, "spot", "eu-central-1")).toBe("AWS refuses ec2:DescribeSpotPriceHistory to this identity. Allow it in its IAM policy.");
    expect((await getProfile("g6-xlarge", later(2))).price?.value).toBe(0.81);
    expect((await listInstanceTypes("eu-central-1", later(2))).items.find((i) => i.instanceType === "g6.xlarge")?.onDemand?.value).toBe(1.006);
  });

  it("by the worker asks for what is due only, and a start over does not bring back the shipped prices", async () => {
    answers.onDemand = { "us-east-1": { "g6.xlarge": "0.82" }, "eu-central-1": { "g6.xlarge": "1.01" } };
    double.asked.length = 0;
    await refreshDuePrices(later(2.5));
    expect(double.asked).toEqual([]);
    await refreshDuePrices(later(3));
    expect(double.asked.filter((a) => a.endsWith("GetProducts")).length).toBe(2);
    await seed(later(4));
    expect((await getProfile("g6-xlarge", later(4))).price?.value).toBe(0.82);
  });

  it("is the platform's to ask for", async () => {
    await expect(refreshPrices({ ...actor, kind: "anonymous" } as never, {}, NOW)).rejects.toMatchObject({ code: "forbidden" });
  });
});
