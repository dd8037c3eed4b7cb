import Link from "next/link";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { Status } from "@/components/ui/status";
import { deploymentHref } from "@/lib/api-client/hrefs";
import type { MeasuredCosts, MeasuredLine } from "@/lib/costs/schema";
import { formatMoney } from "@/lib/format/money";
import { formatPercent } from "@/lib/format/number";

const PART_WORDS = { gpu: "GPU", cpu: "CPU", memory: "memory", network: "network", storage: "storage", loadBalancer: "load balancer", shared: "shared", idle: "idle within" } as const;
const isId = (name: string) => /^[0-9a-f]{8}-/.test(name);

/** What the clusters' cost tools say of the same deployments, and why that is not what Slipway reckons. */
export function MeasuredPanel({ measured: m, withProject }: { measured: MeasuredCosts; withProject: boolean }) {
  return (
    <Panel title="As the clusters' cost tools measured it" description="Held against replica time × price, on whole UTC days that both know" flush>
      <ul className="grid gap-1 px-4 pb-3 text-sm">{m.sources.map((s) => <li key={s.target}><SourceLine s={s} /></li>)}</ul>
      {m.lines.length === 0 ? <p className="border-t border-line px-4 py-6 text-center text-sm text-ink-muted">No whole day of these deployments is on file yet.</p> : (
        <ul className="divide-y divide-line border-t border-line">{m.lines.map((l) => <li key={`${l.project}/${l.deployment}`} className="px-4 py-3"><Line l={l} withProject={withProject} /></li>)}</ul>
      )}
    </Panel>
  );
}

export function SourceLine({ s }: { s: MeasuredCosts["sources"][number] }) {
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      <Status state={s.error ? "failed" : s.stale ? "warning" : "ready"}>{s.error ? "No answer" : s.stale ? "Old" : "Collected"}</Status>
      <span>{s.source} of <Link className="link" href={`/app/targets/${encodeURIComponent(s.target)}`}>{s.target}</Link>{s.fetchedAt ? <>, as of <RelativeTime time={s.fetchedAt} /></> : ", nothing collected yet"}.</span>
      {s.error ? <span className="text-ink-muted">{s.error} What was collected before stays.</span> : null}
    </span>
  );
}

function Line({ l, withProject }: { l: MeasuredLine; withProject: boolean }) {
  return (
    <div className="grid gap-x-6 gap-y-2 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-2">{isId(l.deployment) ? <span className="font-mono text-sm wrap-anywhere">{l.deployment}</span> : <Link className="font-medium underline-offset-3 hover:underline" href={deploymentHref(l.project, l.deployment)}>{l.deployment}</Link>}{withProject ? <span className="text-sm text-ink-muted">{l.project}</span> : null}</p>
        <Reasons l={l} />
      </div>
      <Comparison l={l} />
    </div>
  );
}

/** Why the two differ, the known fault of cost tools first to be seen. */
export function Reasons({ l }: { l: MeasuredLine }) {
  return <ul className="mt-1 grid gap-1 text-sm text-ink-muted">{l.reasons.map((r) => <li key={r.code + r.text}>{r.code === "spot-at-on-demand" ? <><Status state="warning">Spot billed as on demand</Status> </> : null}{r.text}</li>)}</ul>;
}

/** Ours, theirs, the difference, and the parts of theirs. */
export function Comparison({ l }: { l: MeasuredLine }) {
  const parts = (Object.keys(PART_WORDS) as (keyof typeof PART_WORDS)[]).filter((p) => l.parts[p] !== null && l.parts[p] > 0);
  const sign = l.differenceUsd !== null && l.differenceUsd > 0 ? "+" : "";
  return (
    <div className="grid content-start gap-1">
      <dl className="grid grid-cols-3 gap-3 text-sm">
        <div><dt className="text-xs text-ink-muted">{l.source}</dt><dd className="figure">{formatMoney(l.theirs, "unknown")}</dd></div>
        <div><dt className="text-xs text-ink-muted">Slipway</dt><dd className="figure">{formatMoney(l.ours, "unknown")}</dd></div>
        <div><dt className="text-xs text-ink-muted">Difference</dt><dd className="figure whitespace-nowrap">{l.differenceUsd === null ? "unknown" : <>{sign}{formatMoney(l.differenceUsd)}{l.differenceShare === null ? null : <span className="text-ink-muted"> {sign}{formatPercent(l.differenceShare)}</span>}</>}</dd></div>
      </dl>
      <p className="text-xs text-ink-muted">{l.days} {l.days === 1 ? "day" : "days"} compared{parts.length > 0 ? <>. {l.source}: {parts.map((p) => `${PART_WORDS[p]} ${formatMoney(l.parts[p])}`).join(", ")}</> : null}</p>
    </div>
  );
}
