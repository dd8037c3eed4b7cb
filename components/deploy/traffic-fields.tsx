"use client";
import { HourShape } from "@/components/deploy/hour-shape";
import { requestsByHour, trafficProblem, type Traffic } from "@/components/deploy/traffic";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { formatCount } from "@/lib/format/number";

export type MeasuredTime = { seconds: number; predictions: number; deployment: string } | null;
type Props = { traffic: Traffic; onChange: (next: Traffic) => void; measured: MeasuredTime; isMeasured: boolean };

/** How many requests come when, how long one computes, and how long it may take. */
export function TrafficFields({ traffic, onChange, measured, isMeasured }: Props) {
  const problem = trafficProblem(traffic);
  const errorOf = (field: "perSecond" | "hours" | "seconds" | "limitSeconds") => (problem?.field === field ? problem.message : null);
  return (
    <div className="grid gap-4">
        <div className="grid items-start gap-4 sm:grid-cols-3">
          <Field label="Requests a second" error={errorOf("perSecond")} hint={traffic.shape === "hours" ? "By hour, below" : "In the busy hours"}><Input type="number" inputMode="decimal" min={0} step="any" disabled={traffic.shape === "hours"} value={Number.isNaN(traffic.perSecond) ? "" : traffic.perSecond} onChange={(e) => onChange({ ...traffic, perSecond: e.target.valueAsNumber })} /></Field>
          <Field label="Compute time of one" error={errorOf("seconds")} hint={isMeasured && measured ? `Measured on ${measured.deployment}: mean of ${formatCount(measured.predictions)}` : "Assumed until it is measured"}><Input type="number" inputMode="decimal" min={0} step="any" after="ms" value={Number.isNaN(traffic.seconds) ? "" : Number((traffic.seconds * 1000).toPrecision(4))} onChange={(e) => onChange({ ...traffic, seconds: e.target.valueAsNumber / 1000 })} /></Field>
          <div className="grid gap-1.5"><span className="text-sm font-medium">Over the day</span><div><SegmentedControl<Traffic["shape"]> size="md" aria-label="Traffic over the day" options={[{ value: "day", label: "By day" }, { value: "steady", label: "Steady" }, { value: "hours", label: "By hour" }]} value={traffic.shape} onValueChange={(shape) => onChange({ ...traffic, shape, ...(shape === "hours" ? { hours: requestsByHour(traffic) } : {}) })} /></div><p className="text-sm text-ink-faint">{{ day: "From 8 to 20, a tenth at night", steady: "The same all day and night", hours: "Each hour by itself, below" }[traffic.shape]}</p></div>
        </div>
        {traffic.shape === "hours" && traffic.hours ? <><HourShape hours={traffic.hours} onChange={(hours) => onChange({ ...traffic, hours })} />{errorOf("hours") ? <p role="alert" className="text-sm text-failed">{errorOf("hours")}</p> : null}</> : null}
        <Field className="sm:w-1/3 sm:pr-3" label="Wanted p95" optional error={errorOf("limitSeconds")} hint="Profiles that meet it come first below"><Input type="number" inputMode="decimal" min={0} step="any" after="ms" value={traffic.limitSeconds == null || Number.isNaN(traffic.limitSeconds) ? "" : Number((traffic.limitSeconds * 1000).toPrecision(6))} onChange={(e) => onChange({ ...traffic, limitSeconds: e.target.value === "" ? null : e.target.valueAsNumber / 1000 })} /></Field>
    </div>
  );
}
