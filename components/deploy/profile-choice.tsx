"use client";
import { Cpu } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { narrowProfiles } from "@/components/deploy/narrow-profiles";
import { FitBars } from "@/components/profiles/fit-bars";
import { fitLook } from "@/components/profiles/fit-look";
import { HourPrice } from "@/components/profiles/profile-price";
import { acceleratorWords, CAPACITY_WORDS, coresWords } from "@/components/profiles/profile-words";
import { SpotBand } from "@/components/profiles/spot-band";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import { Status } from "@/components/ui/status";
import { formatMib } from "@/lib/format/bytes";
import { formatMoneyPerHour, formatMoneyPerMonth } from "@/lib/format/money";
import type { Fit } from "@/lib/profiles/fit";
import type { Profile } from "@/lib/profiles/schema";

type Props = { profiles: Profile[]; /** Those of targets that are not chosen. */ others: Profile[]; /** The target is this machine. */ local: boolean; /** Names of the clusters that are connected. */ clusters: string[]; fits: ReadonlyMap<string, Fit> | null; fitsFailed: boolean; value: string | undefined; onChange: (slug: string) => void; error?: string; catalogueHref: string };

/** More than this are narrowed down before they are shown. */
const MANY = 12;
const FIRST = 6;

/** One card a profile of the target, the cheapest that fit of many, with price, risk and fit; the bars of the chosen one below. */
export function ProfileChoice({ profiles, others, local, clusters, fits, fitsFailed, value, onChange, error, catalogueHref }: Props) {
  const [asked, setAsked] = useState({ accelerator: "any", capacity: "any" });
  const [all, setAll] = useState(false);
  const many = profiles.length > MANY;
  const narrowed = many ? narrowProfiles(profiles, fits, asked) : profiles;
  const first = many && !all ? narrowed.slice(0, FIRST) : narrowed;
  // Of another target, until the form has chosen anew: no profile of this one.
  const chosen = profiles.find((p) => p.slug === value);
  const fit = chosen ? fits?.get(chosen.slug) : undefined;
  // What is chosen stays in sight, whatever is asked for.
  const shown = chosen && !first.includes(chosen) ? [chosen, ...(all ? first : first.slice(0, FIRST - 1))] : first;
  const gpus = others.filter((p) => p.accelerator && p.price);
  const cheapest = [...gpus].sort((a, b) => a.price!.value - b.price!.value)[0];
  if (profiles.length === 0) return <EmptyState icon={<Cpu aria-hidden />} title="This target has no profiles yet">A platform person adds them when a cluster is connected.</EmptyState>;
  return (
    <div className="grid gap-4">
      {many ? (
        <div role="search" aria-label="Narrow the profiles down" className="flex flex-wrap items-center gap-2">
          <Select aria-label="Accelerator" className="w-44!" value={asked.accelerator} onValueChange={(accelerator) => setAsked({ ...asked, accelerator })} options={[{ value: "any", label: "Any accelerator" }, { value: "cpu", label: "CPU only" }, ...[...new Set(profiles.flatMap((p) => (p.accelerator ? [p.accelerator.name] : [])))].sort().map((name) => ({ value: name, label: name }))]} />
          <Select aria-label="Capacity" className="w-44!" value={asked.capacity} onValueChange={(capacity) => setAsked({ ...asked, capacity })} options={[{ value: "any", label: "Any capacity" }, { value: "on-demand", label: "On demand" }, { value: "spot", label: "Spot" }, { value: "spot-with-fallback", label: "Spot + fallback" }]} />
          <span className="ml-auto flex items-center gap-2 text-sm text-ink-muted"><span aria-live="polite">{first.length < narrowed.length ? `The ${first.length} cheapest that fit, of ${narrowed.length}` : `${narrowed.length} of ${profiles.length}`}</span>{narrowed.length > FIRST ? <Button type="button" size="sm" variant="ghost" aria-expanded={all} onClick={() => setAll(!all)}>{all ? "Show fewer" : "Show all"}</Button> : null}</span>
        </div>
      ) : null}
      <Field label={<span className="sr-only">Profile</span>} error={error} className="gap-0! [&>p]:mt-2">
        <RadioCards columns={2} value={value} onValueChange={onChange} options={shown.map((p) => ({ value: p.slug, title: title(p), detail: detail(p), aside: <PriceAside profile={p} />, footer: <CardFoot profile={p} fit={fits?.get(p.slug)} failed={fitsFailed} /> }))} />
      </Field>
      {chosen && fit ? <div className="rounded-lg border border-line bg-sunken p-4" aria-live="polite"><h3 className="mb-3 text-sm font-medium">Will it fit {title(chosen)}?</h3><FitBars fit={fit} /></div> : null}
      {local && others.length > 0 ? (
        <p className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 text-sm text-ink-muted">
          <span>{gpus.length > 0 && cheapest ? `${new Set(gpus.map((p) => p.instanceType)).size} GPU types on AWS from ${formatMoneyPerHour(cheapest.price!.value)}${clusters.length > 0 ? `: choose ${clusters.slice(0, 2).join(" or ")} as target.` : ", once a cluster is connected."}` : "AWS profiles need a cluster."}</span>
          <span className="flex gap-4"><Link className="link" href={catalogueHref}>Compare prices and fit</Link>{clusters.length > 0 ? null : <Link className="link" href="/app/targets/connect">Connect a cluster</Link>}</span>
        </p>
      ) : null}
    </div>
  );
}

const title = (p: Profile) => (p.targetKind === "aws" ? `${p.instanceType}${p.accelerator ? `, ${acceleratorWords(p)}` : ""}` : p.slug.replace(/^(local|cluster)-/, "").replace(/^gpu$/, "one GPU").replace(/^./, (c) => c.toUpperCase()));
const detail = (p: Profile) => `${coresWords(p)} · ${formatMib(p.memoryMib)}${p.instanceType ? ` · ${CAPACITY_WORDS[p.capacityType]}` : ""}`;

function PriceAside({ profile }: { profile: Profile }) {
  return (
    <span className="grid justify-items-end">
      <span className="text-base font-medium"><HourPrice price={profile.price} /></span>
      {profile.pricePerMonth === null ? null : <span className="figure text-xs text-ink-muted">{formatMoneyPerMonth(profile.pricePerMonth)}</span>}
    </span>
  );
}

function CardFoot({ profile, fit, failed }: { profile: Profile; fit: Fit | undefined; failed: boolean }) {
  return (
    <span className="flex min-h-5 flex-wrap items-center justify-between gap-x-3 gap-y-1 text-sm">
      {fit ? <Status state={fitLook(fit.verdict).state} size="sm">{fitLook(fit.verdict).word}</Status> : failed ? <Status state="stopped" size="sm">Fit not known</Status> : <span className="skeleton block h-3.5 w-14" />}
      {profile.spot ? <SpotBand spot={profile.spot} /> : <span className="text-ink-faint">{profile.targetKind === "local" ? "no bill, an estimate" : "not interrupted"}</span>}
    </span>
  );
}
