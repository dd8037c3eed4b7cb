"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import type { ProfileRow } from "@/components/profiles/filter-profiles";
import { FitBars } from "@/components/profiles/fit-bars";
import { fitLook } from "@/components/profiles/fit-look";
import { acceleratorWords, CAPACITY_WORDS, coresWords, profileTitle } from "@/components/profiles/profile-words";
import { SpotBand } from "@/components/profiles/spot-band";
import type { VersionRef } from "@/components/profiles/use-catalogue";
import { Badge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Sheet } from "@/components/ui/sheet";
import { Status } from "@/components/ui/status";
import { deployHref } from "@/lib/api-client/hrefs";
import { NO_PRICE, type Quote } from "@/lib/costs/quote";
import { formatGib, formatMib } from "@/lib/format/bytes";
import { formatMoneyPerHour, formatMoneyPerMonth } from "@/lib/format/money";

type Props = { profile: ProfileRow | null; onClose: () => void; chosen: VersionRef | null; mayDeploy: boolean };

/** Everything known of one profile, with the source and the age of each figure. */
export function ProfileSheet({ profile: p, onClose, chosen, mayDeploy }: Props) {
  return (
    <Sheet open={p !== null} onOpenChange={(open) => { if (!open) onClose(); }} title={p ? profileTitle(p) : "Profile"} className="w-[min(30rem,100vw)]!"
      footer={p ? (p.targetKind === "aws" ? <Link href="/app/targets" className={buttonClass({ variant: "primary" })}>Connect a cluster</Link>
        : chosen && mayDeploy ? <Link href={deployHref(chosen.project, chosen.model, { version: chosen.version, profile: p.slug })} className={buttonClass({ variant: "primary" })}>Deploy version {chosen.version} on it</Link> : undefined) : undefined}>
      {p ? (
        <div tabIndex={0} className="grid gap-6 rounded-sm">
          <KeyValueList items={[
            { label: "Accelerator", value: acceleratorWords(p) }, { label: "Processor", value: `${coresWords(p)}, ${p.architecture}` }, { label: "Memory", value: formatMib(p.memoryMib) },
            { label: "Disk", value: p.diskSizedFromModel ? `${formatGib(p.diskGib)}, larger where a model needs it` : formatGib(p.diskGib) }, { label: "Capacity", value: CAPACITY_WORDS[p.capacityType] },
            ...(p.region ? [{ label: "Region", value: p.region }] : []), { label: "Slug", value: p.slug, mono: true }, ...(p.withFallback ? [{ label: "With fallback", value: p.withFallback, mono: true }] : []),
          ]} />
          <Part title="Price">
            {p.price ? <PriceLine quote={p.price} perMonth={p.pricePerMonth} /> : <p className="text-ink-muted first-letter:uppercase">{NO_PRICE} for {p.region ?? "this machine"}.</p>}
            {p.priceOnDemand && p.capacityType !== "on-demand" ? <><h4 className="mt-2 text-sm text-ink-muted">On-demand, its ceiling</h4><PriceLine quote={p.priceOnDemand} perMonth={null} /></> : null}
          </Part>
          {p.spot ? <Part title="Interruption"><SpotBand spot={p.spot} words /><p className="text-sm text-ink-muted">{p.spot.savingsPercent}% below on-demand. {p.spot.source}, {p.spot.asOf.slice(0, 10)}, {p.spot.ageDays} days old.</p></Part> : null}
          {p.fit && chosen ? <Part title={`${chosen.model} version ${chosen.version}`} aside={<Status state={fitLook(p.fit.verdict).state} size="sm">{fitLook(p.fit.verdict).word}</Status>}><FitBars fit={p.fit} /></Part>
            : <p className="text-sm text-ink-muted">Open this page from a version of a model to see whether it fits.</p>}
        </div>
      ) : null}
    </Sheet>
  );
}

function Part({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return <section className="grid gap-2"><div className="flex items-center justify-between gap-3"><h3 className="font-semibold">{title}</h3>{aside}</div>{children}</section>;
}

function PriceLine({ quote, perMonth }: { quote: Quote; perMonth: number | null }) {
  return (
    <div className="grid gap-1">
      <p className="flex flex-wrap items-baseline gap-x-3"><span className="figure text-lg font-medium">{formatMoneyPerHour(quote.value)}</span>{perMonth === null ? null : <span className="figure text-ink-muted">{formatMoneyPerMonth(perMonth)}</span>}{quote.estimate ? <Badge>estimate</Badge> : null}{quote.stale ? <Badge>{quote.ageDays} days old</Badge> : null}</p>
      <p className="text-sm text-ink-muted wrap-anywhere">{quote.source}, {quote.asOf.slice(0, 10)}{quote.stale ? "" : `, ${quote.ageDays} days old`}.{quote.note ? ` ${quote.note}` : ""}</p>
    </div>
  );
}
