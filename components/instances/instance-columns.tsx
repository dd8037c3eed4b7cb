"use client";
import { lowestPrice, modelMemoryMib, spotSaving } from "@/components/instances/filter-instances";
import { HourPrice } from "@/components/profiles/profile-price";
import { SpotBand } from "@/components/profiles/spot-band";
import { Badge } from "@/components/ui/badge";
import { tableColumns } from "@/components/ui/table-columns";
import { formatMib } from "@/lib/format/bytes";
import { formatPercent } from "@/lib/format/number";
import type { InstanceTypeDto } from "@/lib/prices/instance-type";

const c = tableColumns<InstanceTypeDto>();
const unknown = <span className="text-ink-faint">–</span>;
/** What is unknown comes last, in whichever direction one sorts. */
const known = (value: number | null): number | undefined => value ?? undefined;
const last = { sortUndefined: "last" as const };

export const acceleratorOfType = ({ accelerator: a }: InstanceTypeDto): string => (a ? `${a.count} × ${a.name}` : "CPU only");
const Saving = ({ type }: { type: InstanceTypeDto }) => { const saving = spotSaving(type); return saving === null ? unknown : <span className="figure">{saving < 0 ? `+${formatPercent(-saving)}` : `−${formatPercent(saving)}`}</span>; };
const Old = ({ type }: { type: InstanceTypeDto }) => (type.onDemand?.stale || type.spotPrice?.stale ? <Badge>{Math.max(type.onDemand?.stale ? type.onDemand.ageDays : 0, type.spotPrice?.stale ? type.spotPrice.ageDays : 0)} days old</Badge> : null);

export const instanceColumns = [
  c.accessor("instanceType", { header: "Instance type", sortFn: "alphanumeric", cell: ({ getValue }) => <span className="whitespace-nowrap font-mono font-medium">{getValue()}</span> }),
  c.accessor((t) => t.accelerator?.name ?? "", { id: "accelerator", header: "Accelerator", sortFn: "text", cell: ({ row: { original: t } }) => <span className={t.accelerator ? "whitespace-nowrap" : "text-ink-faint"}>{acceleratorOfType(t)}</span> }),
  c.accessor((t) => known(t.accelerator ? modelMemoryMib(t) : null), { id: "gpuMemory", header: "Its memory", ...last, sortFn: "basic", meta: { numeric: true }, cell: ({ row: { original: t } }) => (t.accelerator ? <span className="figure whitespace-nowrap">{modelMemoryMib(t) === null ? "unknown" : formatMib(modelMemoryMib(t))}</span> : unknown) }),
  c.accessor("vcpu", { header: "vCPU", sortFn: "basic", meta: { numeric: true }, cell: ({ getValue }) => <span className="figure">{getValue()}</span> }),
  c.accessor("memoryMib", { header: "Memory", sortFn: "basic", meta: { numeric: true }, cell: ({ getValue, row: { original: t } }) => <span className="figure whitespace-nowrap" title={`${formatMib(t.allocatable.memoryMib)} and ${t.allocatable.cpuMillicores / 1000} cores are left for pods`}>{formatMib(getValue())}</span> }),
  c.accessor((t) => known(t.onDemand?.value ?? null), { id: "onDemand", header: "On-demand", ...last, sortFn: "basic", meta: { numeric: true }, cell: ({ row: { original: t } }) => <HourPrice price={t.onDemand} /> }),
  c.accessor((t) => known(t.spotPrice?.value ?? null), { id: "spotPrice", header: "Spot", ...last, sortFn: "basic", meta: { numeric: true }, cell: ({ row: { original: t } }) => (t.spotPrice ? <HourPrice price={t.spotPrice} /> : unknown) }),
  c.accessor((t) => known(spotSaving(t)), { id: "saving", header: "Spot against on-demand", ...last, sortFn: "basic", meta: { numeric: true }, cell: ({ row: { original: t } }) => <Saving type={t} /> }),
  c.accessor((t) => known(t.spot?.rangeIndex ?? null), { id: "band", header: "Interrupted a month", ...last, sortFn: "basic", cell: ({ row: { original: t } }) => (t.spot ? <SpotBand spot={t.spot} /> : unknown) }),
];

/** An instance type on a small screen. */
export function InstanceCard({ type: t }: { type: InstanceTypeDto }) {
  return (
    <div className="grid gap-1.5">
      <span className="flex items-baseline justify-between gap-3"><span className="font-mono font-medium">{t.instanceType}</span><HourPrice price={t.onDemand} /></span>
      <span className="flex items-baseline justify-between gap-3 text-sm text-ink-muted"><span>{acceleratorOfType(t)}{t.accelerator && modelMemoryMib(t) !== null ? `, ${formatMib(modelMemoryMib(t))}` : ""} · {t.vcpu} vCPU · {formatMib(t.memoryMib)}</span>{t.spotPrice ? <span className="whitespace-nowrap">spot <HourPrice price={t.spotPrice} /></span> : null}</span>
      <span className="flex flex-wrap items-center justify-between gap-x-3 text-sm"><span>{lowestPrice(t) === null ? null : <Old type={t} />}</span>{t.spot ? <SpotBand spot={t.spot} /> : null}</span>
    </div>
  );
}
