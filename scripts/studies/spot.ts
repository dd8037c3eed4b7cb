import fs from "node:fs";
import path from "node:path";
import { seededRandom } from "@/e2e/process/seeded-random";
import { INTERRUPTIONS_PER_MONTH, spotVerdict } from "@/lib/costs/spot-verdict";
import { awsData } from "@/lib/profiles/aws-data";
import { provenance } from "./provenance";
import { simulateMonth } from "./simulate-month";

// `tsx scripts/studies/spot.ts`: a month of interruptions, many times over, with the shipped prices and bands. Writes the study's data.
const REGION = "us-east-1";
const REPLICAS = 4;
const NEEDED = 3;
const MONTHS = 10_000;
const HOURS = 730;
const STARTS = [60, 300, 900];
const WANTED = 0.999;

const data = awsData();
const bands = data.spot.regions[REGION]!;
const prices = data.onDemand.regions[REGION]!;
const types = Object.entries(data.types.types).filter(([name, t]) => t.accelerator?.kind === "gpu" && bands[name] && prices[name]).sort(([a], [b]) => prices[a]! - prices[b]!);
// The cheapest GPU instance of each band: the same question asked of calm and of restless pools.
const chosen = [0, 1, 2, 3, 4].flatMap((r) => types.filter(([name]) => bands[name]!.r === r && bands[name]!.s > 0).slice(0, 1));

const instances = chosen.map(([name, type]) => {
  const { r, s } = bands[name]!;
  const hourly = { onDemand: prices[name]!, spot: (prices[name]! * (100 - s)) / 100 };
  const mixes = Array.from({ length: REPLICAS + 1 }, (_, onDemand) => {
    const perMonth = HOURS * (onDemand * hourly.onDemand + (REPLICAS - onDemand) * hourly.spot);
    const starts = STARTS.map((startSeconds) => {
      const run = (together: boolean) => {
        const random = seededRandom(20261127 + onDemand).next;
        const months = Array.from({ length: MONTHS }, () => simulateMonth({ replicas: REPLICAS, onDemand, needed: NEEDED, interruptionsPerMonth: INTERRUPTIONS_PER_MONTH[r]!.high, startSeconds, together }, random));
        const short = months.map((m) => m.shortSeconds).sort((a, b) => a - b);
        const mean = short.reduce((a, b) => a + b, 0) / MONTHS;
        return { availability: 1 - mean / (HOURS * 3600), monthsShort: short.filter((v) => v > 0).length / MONTHS, worstOfHundredSeconds: short[Math.floor(MONTHS * 0.99)]! };
      };
      return { startSeconds, apart: run(false), together: run(true) };
    });
    return { onDemand, perMonth, starts };
  });
  const verdict = spotVerdict({ rangeIndex: r, startSeconds: 900, replicas: REPLICAS, neededReplicas: NEEDED, availability: WANTED });
  return { instance: name, accelerator: `${type.accelerator!.count} × ${type.accelerator!.name}`, band: data.spot.ranges.find((x) => x.index === r)!.label, savingsPercent: s, hourly, mixes, verdict: verdict.known ? { gapSeconds: verdict.gapSeconds, onDemandFloor: verdict.onDemandFloor } : null };
});
const out = path.resolve(import.meta.dirname, "../../content/case-studies/spot-or-on-demand.json");
fs.writeFileSync(out, `${JSON.stringify({ ...provenance(), region: REGION, replicas: REPLICAS, needed: NEEDED, months: MONTHS, seed: 20261127, wanted: WANTED, prices: { source: data.onDemand.source, asOf: data.onDemand.asOf.slice(0, 10) }, advisor: { source: data.spot.source, asOf: data.spot.asOf.slice(0, 10) }, instances }, null, 1)}\n`);
console.log(`Written: ${path.relative(process.cwd(), out)}`);
