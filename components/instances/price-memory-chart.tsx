"use client";
import { lazy, Suspense, useState } from "react";
import { lowestPrice, modelMemoryMib } from "@/components/instances/filter-instances";
import { useWidth } from "@/components/charts/use-width";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import type { InstanceTypeDto } from "@/lib/prices/instance-type";

const Plot = lazy(() => import("./price-memory-plot"));
const HEIGHT = 260;

export type Dot = { instanceType: string; name: string; gib: number; usd: number; spot: boolean; estimate: boolean };

/** The types shown as dots: pure, so that the table below and the chart never disagree. */
export function dotsOf(items: readonly InstanceTypeDto[], capacity: "both" | "on-demand" | "spot"): Dot[] {
  return items.flatMap((t) => {
    const mib = modelMemoryMib(t);
    if (mib === null) return [];
    const name = t.accelerator ? `${t.accelerator.count} × ${t.accelerator.name}` : "CPU only";
    return [[t.onDemand, false] as const, [t.spotPrice, true] as const].flatMap(([q, spot]) => (q && (capacity === "both" || (capacity === "spot") === spot) ? [{ instanceType: t.instanceType, name, gib: mib / 1024, usd: q.value, spot, estimate: q.estimate }] : []));
  });
}

/** Price an hour against the memory a model has, both axes logarithmic: down and to the right is more memory for the money. The table below has the same figures. */
export function PriceMemoryChart({ items, loading }: { items: readonly InstanceTypeDto[]; loading: boolean }) {
  const [capacity, setCapacity] = useState<"both" | "on-demand" | "spot">("both");
  const [ref, widthPx] = useWidth<HTMLDivElement>();
  const dots = dotsOf(items, capacity);
  return (
    <figure ref={ref} className="m-0 grid min-w-0 gap-2">
      <figcaption className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
        <span className="flex flex-wrap items-baseline gap-x-2"><h2 className="text-sm font-semibold">Price against memory</h2><span className="text-xs text-ink-faint">$/h, GiB of accelerator memory (CPU types: of host memory)</span></span>
        <span className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
          <span className="flex gap-3 text-xs text-ink-muted"><span className="inline-flex items-center gap-1.5"><span aria-hidden className="size-2 rounded-full bg-cost-3" />on-demand</span><span className="inline-flex items-center gap-1.5"><span aria-hidden className="size-2 rounded-full border-[1.5px] border-cost-1" />spot</span></span>
          <SegmentedControl aria-label="Prices shown" value={capacity} onValueChange={setCapacity} options={[{ value: "both", label: "Both" }, { value: "on-demand", label: "On-demand" }, { value: "spot", label: "Spot" }]} />
        </span>
      </figcaption>
      {loading ? <Skeleton className="h-[260px] w-full" /> : dots.length === 0 ? <p className="grid h-[120px] place-content-center rounded-md border border-dashed border-line px-4 text-center text-sm text-ink-muted">{items.some((t) => lowestPrice(t) !== null) ? "No type of these has both a price and a memory on file." : "No price is on file here, so there is nothing to draw."}</p>
        : <div style={{ height: HEIGHT }}>{widthPx > 0 ? <Suspense fallback={<Skeleton className="h-full w-full" />}><Plot dots={dots} widthPx={widthPx} heightPx={HEIGHT} /></Suspense> : null}</div>}
    </figure>
  );
}
