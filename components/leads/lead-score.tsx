"use client";
import { Meter } from "@/components/ui/meter";
import { Panel } from "@/components/ui/panel";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { LeadDetailDto } from "@/lib/leads/schema";
import type { LeadChange } from "./use-lead";

const KNOWN = [{ value: "text", label: "By its text" }, { value: "yes", label: "Yes" }, { value: "no", label: "No" }] as const;
const asValue = (known: boolean | null) => (known === null ? "text" : known ? "yes" : "no");
const asKnown = (value: string) => (value === "text" ? null : value === "yes");

/** The score, rule by rule, and the two rules a person may know better. */
export function LeadScore({ lead, change }: { lead: LeadDetailDto; change: LeadChange }) {
  return (
    <Panel title="Score" description="How well it fits, by rules. What is unknown gives nothing." actions={<span className="text-xl font-semibold tabular">{lead.score}<span className="text-sm font-normal text-ink-muted"> of 100</span></span>}>
      <div className="grid gap-3">
        {lead.workings.map((w) => (
          <div key={w.rule} className="grid gap-0.5">
            <Meter label={w.rule} value={w.outOf === 0 ? 0 : w.points / w.outOf} valueText={`${w.points} of ${w.outOf}`} />
            <span className="text-sm text-ink-faint wrap-anywhere">{w.why}</span>
          </div>
        ))}
        <div className="grid gap-2 border-t border-line pt-3">
          <div className="flex flex-wrap items-center justify-between gap-2"><span className="text-sm text-ink-muted">Builds AI</span><SegmentedControl aria-label="Builds AI" value={asValue(lead.buildsAi)} onValueChange={(v) => void change({ buildsAi: asKnown(v) })} options={[...KNOWN]} /></div>
          <div className="flex flex-wrap items-center justify-between gap-2"><span className="text-sm text-ink-muted">Uses GPUs</span><SegmentedControl aria-label="Uses GPUs" value={asValue(lead.usesGpus)} onValueChange={(v) => void change({ usesGpus: asKnown(v) })} options={[...KNOWN]} /></div>
        </div>
      </div>
    </Panel>
  );
}
