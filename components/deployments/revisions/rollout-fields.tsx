"use client";
import type { Rollout } from "@/components/deployments/revisions/rollout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Slider } from "@/components/ui/slider";

type Props = { value: Rollout; onChange: (next: Rollout) => void; /** What is wrong with it, once it was tried to be sent. */ problem: string | null };

const WORDS: Record<Rollout["how"], string> = {
  atOnce: "It takes all the traffic once its replicas are ready.",
  bySteps: "It takes the traffic in steps. Beyond a limit it is rolled back by itself; after the last step it gets everything.",
  byHand: "It keeps its share of the traffic until you promote or abort it.",
};

/** How a new revision takes over from the one that serves. */
export function RolloutFields({ value: r, onChange, problem }: Props) {
  const text = (key: Exclude<keyof Rollout, "how" | "weight">) => ({ value: r[key], onChange: (e: { target: { value: string } }) => onChange({ ...r, [key]: e.target.value }), inputMode: "decimal" as const, autoComplete: "off" });
  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend className="mb-1.5 text-sm font-medium text-ink">How it takes over</legend>
      <div><SegmentedControl aria-label="How it takes over" size="md" value={r.how} onValueChange={(how) => onChange({ ...r, how })} options={[{ value: "atOnce", label: "At once" }, { value: "bySteps", label: "Canary in steps" }, { value: "byHand", label: "Canary by hand" }]} /></div>
      <p className="text-sm text-ink-muted" aria-live="polite">{WORDS[r.how]}</p>
      {r.how === "byHand" ? <Field label="Share of the traffic" aside={<span className="figure">{r.weight} %</span>}><Slider value={[r.weight]} onValueChange={([v]) => onChange({ ...r, weight: v ?? 10 })} min={1} max={99} thumbLabels={["Percent of the traffic for the canary"]} /></Field> : null}
      {r.how === "bySteps" ? (
        <>
          <div className="grid items-start gap-3 sm:grid-cols-3">
            <Field label="Steps"><Input {...text("steps")} inputMode="text" after="%" /></Field>
            <Field label="Time a step"><Input {...text("stepMinutes")} after="min" /></Field>
            <Field label="Requests before judging"><Input {...text("minRequests")} inputMode="numeric" /></Field>
          </div>
          <fieldset className="grid min-w-0 gap-3 rounded-md border border-line p-3">
            <legend className="px-1 text-sm text-ink-muted">Limits; leave empty what should not count</legend>
            <div className="grid items-start gap-3 sm:grid-cols-2">
              <Field label="Errors at most"><Input {...text("errorPercent")} after="%" /></Field>
              <Field label="Errors above the serving revision"><Input {...text("errorAbove")} after="points" /></Field>
              <Field label="p99 at most"><Input {...text("p99Ms")} after="ms" /></Field>
              <Field label="p99 against the serving revision"><Input {...text("p99Times")} after="times" /></Field>
            </div>
          </fieldset>
        </>
      ) : null}
      {problem ? <Notice state="failed" title={problem} /> : null}
    </fieldset>
  );
}
