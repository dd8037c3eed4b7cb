import { addUsd } from "@/lib/costs/allocation-math";
import type { AllocationParts } from "@/lib/costs/cost-source";
import { divideRounded, toNanodollars, toUsd } from "@/lib/costs/money";

export type ReconcileInput = {
  /** Who measured, in words. */
  who: string;
  /** USD by Slipway's replica time × price, and by the source, over the same whole days. */
  ours: number | null;
  theirs: number | null;
  parts: AllocationParts;
  /** Replica-hours of ours. */
  replicaHours: number;
  spot: boolean;
  /** On-demand price of the same instance; null: not on file. */
  onDemandUsdPerHour: number | null;
  /** Days that only one of the two has figures of. */
  onlyOurs: number;
  onlyTheirs: number;
};
export type Reconciliation = { differenceUsd: number | null; differenceShare: number | null; reasons: { code: ReasonCode; text: string }[] };
export type ReasonCode = "agrees" | "no-price" | "no-figure" | "spot-at-on-demand" | "whole-instance" | "dearer" | "other-parts" | "days-missing";

/** Closer than this is the rounding and sampling of the two, not a difference. */
const CLOSE = 0.05;
/** A rate this much above the spot price is not the spot market moving within a day. */
const CLEARLY = 0.1;
const COMPUTE = ["cpu", "memory", "gpu"] as const;
const BESIDE = ["network", "storage", "loadBalancer", "shared"] as const;
const WORDS = { network: "network", storage: "storage", loadBalancer: "load balancer", shared: "shared" };
const percent = (share: number) => `${Math.round(share * 100)}%`;

/**
 * What a cost source says against what Slipway reckons, and why they differ, as far as the figures themselves show it. A pod never costs more than
 * its node, so compute above the whole instance's spot price was billed at another rate. Pure.
 */
export function reconcile(i: ReconcileInput): Reconciliation {
  const reasons: Reconciliation["reasons"] = [];
  const say = (code: ReasonCode, text: string) => reasons.push({ code, text });
  const days = (n: number) => `${n} ${n === 1 ? "day" : "days"}`;
  if (i.onlyOurs > 0) say("days-missing", `${i.who} has no figures of ${days(i.onlyOurs)} on which replicas ran; those are in neither sum.`);
  if (i.onlyTheirs > 0) say("days-missing", `${i.who} bills ${days(i.onlyTheirs)} on which Slipway knows of no replica; those are in neither sum.`);
  if (i.ours === null || i.theirs === null) {
    if (i.ours === null) say("no-price", "Slipway has no price on file for it.");
    if (i.theirs === null) say("no-figure", `${i.who} leaves a part of it out.`);
    return { differenceUsd: null, differenceShare: null, reasons };
  }
  const difference = toNanodollars(i.theirs) - toNanodollars(i.ours);
  const differenceUsd = toUsd(difference);
  const differenceShare = i.ours > 0 ? differenceUsd / i.ours : null;
  const beside = BESIDE.flatMap((p) => (i.parts[p] !== null && i.parts[p] > 0 ? [{ name: WORDS[p], usd: i.parts[p] }] : []));
  if (beside.length > 0) say("other-parts", `${i.who} counts ${beside.map((b) => b.name).join(", ")} too (${cents(addUsd(beside.map((b) => b.usd)))}); replica time does not.`);

  const compute = addUsd(COMPUTE.map((p) => i.parts[p])) ?? i.theirs;
  const onDemand = i.onDemandUsdPerHour === null ? null : i.onDemandUsdPerHour * i.replicaHours;
  if (i.spot && i.ours > 0 && compute > i.ours * (1 + CLEARLY)) {
    if (onDemand !== null && compute > i.ours && compute <= onDemand * (1 + CLEARLY)) say("spot-at-on-demand", `${i.who} bills spot at about the on-demand rate: ${percent(compute / onDemand)} of the on-demand price, ${percent(compute / i.ours)} of the spot price. It has no spot prices of this account; set up its spot data feed or its cloud billing.`);
    else if (onDemand === null) say("spot-at-on-demand", `${i.who} bills more than the spot price of whole instances, most likely the on-demand rate; no on-demand price is on file to tell.`);
    else say("dearer", `${i.who} bills more than the on-demand price of the same instances: its nodes are larger or priced otherwise.`);
  } else if (i.ours > 0 && compute > i.ours * (1 + CLOSE)) say("dearer", `${i.who} prices the same hours higher than the price on file, or its nodes are larger than the profile.`);
  else if (compute < i.ours * (1 - CLOSE)) say("whole-instance", `Slipway counts the whole instance of each replica, ${i.who} what its pods ask for (${percent(i.ours > 0 ? compute / i.ours : 0)} of it); the rest is in the cluster's idle there. A discount it knows of lowers it too.`);
  if (reasons.length === 0) say("agrees", `Both agree to within ${percent(CLOSE)}.`);
  return { differenceUsd, differenceShare, reasons };
}

const cents = (usd: number | null) => (usd === null ? "unknown" : `$${(Number(divideRounded(toNanodollars(usd), 10_000_000n)) / 100).toFixed(2)}`);
