"use client";
import { BellOff } from "lucide-react";
import Link from "next/link";
import { calls, useActiveAlerts } from "@/components/alerts/use-active-alerts";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { deploymentHref } from "@/lib/api-client/hrefs";

const SHOWN = 3;

/** Above a deployment's tabs: what fires for it. Nothing where nothing does; one quiet line where all of it is silenced. */
export function AlertStrip({ project, deployment }: { project: string; deployment: string }) {
  const firing = (useActiveAlerts().data?.items ?? []).filter((a) => a.project === project && a.deployment === deployment && a.phase === "firing");
  const loud = firing.filter(calls);
  const href = `${deploymentHref(project, deployment)}/alerts`;
  if (firing.length === 0) return null;
  if (loud.length === 0) return <p role="status" className="flex items-center gap-2 text-sm text-ink-muted"><BellOff aria-hidden className="size-4 text-ink-faint" />{firing.length === 1 ? "An alert fires, and is silenced." : `${firing.length} alerts fire, and are silenced.`} <Link href={href} className="link">Alerts</Link></p>;
  return (
    <Notice state={loud.some((a) => a.severity === "critical") ? "failed" : "warning"} title={loud.length === 1 ? `${loud[0]!.rule} fires` : `${loud.length} alerts fire`} actions={<Link href={href} className="link">{loud.length > SHOWN ? `All ${loud.length} alerts` : "Look at the alerts"}</Link>}>
      <ul className="grid gap-0.5">{loud.slice(0, SHOWN).map((a) => <li key={a.ruleId} className="wrap-anywhere">{loud.length > 1 ? <span className="font-medium text-ink">{a.rule}: </span> : null}{(a.noData ? `Nothing is known now: ${a.noData}` : a.text).replace(/\.$/, "")}, since <RelativeTime time={a.since} /></li>)}</ul>
    </Notice>
  );
}
