"use client";
import { StackedBars } from "@/components/charts/stacked-bars";
import type { CostGroup, GroupedCost } from "@/lib/costs/group-costs";
import { formatMoney } from "@/lib/format/money";
import { dailyCost } from "./daily-cost";

/** Cost a day, stacked by the dearest of the grouping. */
export function CostChart({ groups, by, withProject, estimate }: { groups: GroupedCost[]; by: CostGroup; withProject: boolean; estimate: boolean }) {
  const nameOf = (g: GroupedCost) => (by === "project" || by === "profile" || withProject ? g.key : g.key.slice(g.key.indexOf("/") + 1));
  return <StackedBars title="Cost a day" unit={estimate ? "USD, estimate" : "USD"} measure="cost" series={dailyCost(groups, nameOf)} format={(value) => formatMoney(value)} heightPx={220} headingLevel={2} empty="No price on file for what ran, so no day can be drawn." />;
}
