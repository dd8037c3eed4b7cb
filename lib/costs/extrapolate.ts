import { z } from "zod";
import { fit, type FitModel, type FitOptions } from "@/lib/profiles/fit";
import { acceleratorSchema, capacityTypeSchema, type Profile, spotRiskSchema } from "@/lib/profiles/schema";
import { divideRounded, toNanodollars, toUsd } from "./money";
import { quoteSchema } from "./quote";

export const extrapolationRowSchema = z.object({
  profile: z.string().describe("Slug"),
  name: z.string(),
  accelerator: acceleratorSchema.nullable(),
  capacityType: capacityTypeSchema,
  fit: z.enum(["fits", "tight"]),
  price: quoteSchema.nullable(),
  requestsPerHour: z.number().describe("Of one replica, one request after the other, at the measured mean"),
  per1000Predictions: z.number().nullable().describe("USD with the replica busy all the time; null: no price on file"),
  spot: spotRiskSchema.nullable(),
});

export const extrapolationSchema = z
  .object({
    rows: z.array(extrapolationRowSchema).describe("Cheapest first; those without a price last"),
    leftOut: z.object({ doesNotFit: z.number().int(), fitUnknown: z.number().int(), fewerCores: z.number().int() }),
    measured: z.object({ meanMs: z.number(), p50Ms: z.number(), predictions: z.number().int() }),
    assumptions: z.array(z.string()).describe("Sentences to be shown with the figures"),
  })
  .meta({ id: "Extrapolation", description: "What the measured milliseconds would cost on AWS: an extrapolation" });
export type Extrapolation = z.infer<typeof extrapolationSchema>;

export type ExtrapolationInput = {
  /** Compute time of predictions on the local target: queueing and transfer apart. */
  measured: { meanMs: number; p50Ms: number; predictions: number };
  /** Cores the replica was measured on. */
  measuredCpuMillicores: number;
  model: FitModel;
  /** Candidates; profiles of the local target are ignored. */
  profiles: Profile[];
  fitOptions?: FitOptions;
};

/**
 * "And on AWS?": capacity and cost on each AWS profile that fits, as if it computed exactly as fast as this machine did. For a GPU that is
 * an upper bound of the cost; how much faster it is cannot be told without running there, so no speed-up is assumed.
 * null before anything was measured.
 */
export function extrapolate({ measured, measuredCpuMillicores, model, profiles, fitOptions }: ExtrapolationInput): Extrapolation | null {
  if (measured.predictions < 1 || !(measured.meanMs > 0)) return null;
  const leftOut = { doesNotFit: 0, fitUnknown: 0, fewerCores: 0 };
  const rows: Extrapolation["rows"] = [];
  for (const profile of profiles) {
    if (profile.targetKind !== "aws") continue;
    // On fewer cores it may be slower than measured: the figure would no longer be an upper bound. A tenth is what the node keeps for itself.
    if (!profile.accelerator && profile.cpuMillicores < measuredCpuMillicores * 0.9) { leftOut.fewerCores++; continue; }
    const { verdict } = fit(model, profile, fitOptions);
    if (verdict === "does_not_fit") { leftOut.doesNotFit++; continue; }
    if (verdict === "unknown") { leftOut.fitUnknown++; continue; }
    rows.push({
      profile: profile.slug, name: profile.name, accelerator: profile.accelerator, capacityType: profile.capacityType, fit: verdict, price: profile.price,
      requestsPerHour: Math.floor(3_600_000 / measured.meanMs),
      per1000Predictions: profile.price ? costPer1000(profile.price.value, measured.meanMs) : null,
      spot: profile.spot,
    });
  }
  rows.sort((a, b) => (a.per1000Predictions ?? Infinity) - (b.per1000Predictions ?? Infinity) || a.profile.localeCompare(b.profile));
  return { rows, leftOut, measured, assumptions: assumptionsOf(measured, rows) };
}

/** USD per 1,000 predictions of `meanMs` each: price × 1,000 × ms ÷ 3,600,000, exact to the nanodollar. */
export function costPer1000(usdPerHour: number, meanMs: number): number {
  const picoseconds = BigInt(Math.round(meanMs * 1e9));
  return toUsd(divideRounded(toNanodollars(usdPerHour) * 1000n * picoseconds, 3_600_000n * 10n ** 9n));
}

function assumptionsOf(measured: ExtrapolationInput["measured"], rows: Extrapolation["rows"]): string[] {
  const count = measured.predictions.toLocaleString("en-US");
  return [
    `An extrapolation from ${count} ${measured.predictions === 1 ? "prediction" : "predictions"} on this machine, with a mean of ${Number(measured.meanMs.toPrecision(3))} ms of compute.`,
    "As if each instance computed no faster than this machine: for a GPU an upper bound of the cost, since it is usually faster; measure there before deciding.",
    "One request at a time, no batching, and the replica busy all the time: idle hours add to this, concurrency takes from it.",
    ...(rows.some((r) => r.spot) ? ["Spot prices are composed of figures of different dates, and spot capacity can be taken back with two minutes' notice."] : []),
    ...(rows.some((r) => r.price?.stale) ? ["Prices are of the date beside them."] : []),
  ];
}
