"use client";
import type { ProfileRow } from "@/components/profiles/filter-profiles";
import { fitLook } from "@/components/profiles/fit-look";
import { HourPrice, MonthPrice } from "@/components/profiles/profile-price";
import { acceleratorWords, CAPACITY_SHORT, CAPACITY_WORDS, profileTitle } from "@/components/profiles/profile-words";
import { SpotBand } from "@/components/profiles/spot-band";
import { Status } from "@/components/ui/status";
import { tableColumns } from "@/components/ui/table-columns";
import { formatMib } from "@/lib/format/bytes";

const c = tableColumns<ProfileRow>();

/** The catalogue's columns; the first opens the details. */
export function profileColumns(withFit: boolean, onOpen: (slug: string) => void) {
  return [
    c.accessor("slug", { header: "Profile", cell: ({ row: { original: p } }) => (
      <button type="button" data-row-link onClick={() => onOpen(p.slug)} className="whitespace-nowrap rounded-sm text-left font-medium text-ink underline-offset-3 hover:underline">{profileTitle(p)}</button>
    ) }),
    c.accessor("accelerator", { header: "Accelerator", cell: ({ row: { original: p } }) => <span className={p.accelerator ? "whitespace-nowrap" : "text-ink-faint"}>{acceleratorWords(p)}</span> }),
    c.accessor("cpuMillicores", { header: "Cores", meta: { numeric: true }, cell: ({ getValue }) => <span className="figure">{Number((getValue() / 1000).toFixed(2))}</span> }),
    c.accessor("memoryMib", { header: "Memory", meta: { numeric: true }, cell: ({ getValue }) => <span className="figure whitespace-nowrap">{formatMib(getValue())}</span> }),
    c.accessor("capacityType", { header: "Capacity", cell: ({ getValue, row: { original: p } }) => <span className="whitespace-nowrap">{CAPACITY_SHORT[getValue()]}{p.withFallback ? <span className="text-ink-faint"> or with fallback</span> : null}</span> }),
    c.accessor("price", { header: "Per hour", meta: { numeric: true }, cell: ({ getValue }) => <HourPrice price={getValue()} /> }),
    c.accessor("pricePerMonth", { header: "Per month", meta: { numeric: true }, cell: ({ getValue }) => <MonthPrice usd={getValue()} /> }),
    c.accessor("spot", { header: "Interrupted a month", cell: ({ getValue }) => { const spot = getValue(); return spot ? <SpotBand spot={spot} /> : <span className="text-ink-faint">no</span>; } }),
    ...(withFit ? [c.accessor("fit", { header: "Fit", cell: ({ getValue }) => { const fit = getValue(); return fit ? <Status state={fitLook(fit.verdict).state} size="sm">{fitLook(fit.verdict).word}</Status> : <span className="text-ink-faint">–</span>; } })] : []),
  ];
}

/** A profile on a small screen. */
export function ProfileCard({ profile: p, onOpen }: { profile: ProfileRow; onOpen: () => void }) {
  return (
    <button type="button" data-row-link onClick={onOpen} className="grid w-full gap-1.5 rounded-sm text-left">
      <span className="flex items-baseline justify-between gap-3"><span className="font-medium">{profileTitle(p)}</span><HourPrice price={p.price} /></span>
      <span className="text-sm text-ink-muted">{acceleratorWords(p)} · {formatMib(p.memoryMib)} · {CAPACITY_WORDS[p.capacityType]}{p.withFallback ? " or with fallback" : ""}</span>
      <span className="flex flex-wrap items-center justify-between gap-x-3 text-sm">{p.fit ? <Status state={fitLook(p.fit.verdict).state} size="sm">{fitLook(p.fit.verdict).word}</Status> : <span />}{p.spot ? <SpotBand spot={p.spot} /> : null}</span>
    </button>
  );
}
