"use client";
import { ForecastFigures } from "@/components/deploy/forecast-figures";
import { trafficProblem, type Traffic } from "@/components/deploy/traffic";
import { SpotBand } from "@/components/profiles/spot-band";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Panel } from "@/components/ui/panel";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { Forecast } from "@/lib/costs/schema";
import { spotVerdict } from "@/lib/costs/spot-verdict";
import { formatCount } from "@/lib/format/number";
import type { Profile } from "@/lib/profiles/schema";

/** Share of the time that the verdict on spot is made for. */
const AVAILABILITY = 0.999;
type Measured = { seconds: number; predictions: number; deployment: string } | null;
type Props = { traffic: Traffic; onChange: (next: Traffic) => void; measured: Measured; isMeasured: boolean; profile: Profile | null; replicas: number; /** Measured on the chosen target; null: not yet. */ startSeconds: number | null; forecast: Forecast | null | undefined; failed: string | null };

/** The traffic that is expected, and what the month would cost with it. */
export function TrafficPanel({ traffic, onChange, measured, isMeasured, profile, replicas, startSeconds, forecast, failed }: Props) {
  const problem = trafficProblem(traffic);
  const errorOf = (field: "perSecond" | "seconds") => (problem?.field === field ? problem.message : null);
  const verdict = profile?.spot ? spotVerdict({ rangeIndex: profile.spot.rangeIndex, startSeconds, replicas, availability: AVAILABILITY }) : null;
  return (
    <Panel title="Traffic and forecast" description="What you expect; the month’s cost follows from it. Nothing of this is deployed">
      <div className="grid gap-5">
        <div className="grid items-start gap-4 sm:grid-cols-3">
          <Field label="Requests a second" error={errorOf("perSecond")} hint="In the busy hours"><Input type="number" inputMode="decimal" min={0} step="any" value={Number.isNaN(traffic.perSecond) ? "" : traffic.perSecond} onChange={(e) => onChange({ ...traffic, perSecond: e.target.valueAsNumber })} /></Field>
          <Field label="Compute time of one" error={errorOf("seconds")} hint={isMeasured && measured ? `Measured on ${measured.deployment}: mean of ${formatCount(measured.predictions)}` : "Assumed until it is measured"}><Input type="number" inputMode="decimal" min={0} step="any" after="ms" value={Number.isNaN(traffic.seconds) ? "" : Number((traffic.seconds * 1000).toPrecision(4))} onChange={(e) => onChange({ ...traffic, seconds: e.target.valueAsNumber / 1000 })} /></Field>
          <div className="grid gap-1.5"><span className="text-sm font-medium">Over the day</span><div><SegmentedControl<Traffic["shape"]> size="md" aria-label="Traffic over the day" options={[{ value: "day", label: "By day" }, { value: "steady", label: "Steady" }]} value={traffic.shape} onValueChange={(shape) => onChange({ ...traffic, shape })} /></div><p className="text-sm text-ink-faint">{traffic.shape === "day" ? "From 8 to 20, a tenth at night" : "The same all day and night"}</p></div>
        </div>
        {failed ? <p role="status" className="text-sm text-ink-muted">The forecast could not be made: {failed}</p> : forecast && profile ? <ForecastFigures forecast={forecast} profile={profile} /> : null}
        {profile?.spot && verdict ? (
          <div className="grid gap-1 text-sm"><h3 className="font-medium">Spot risk</h3><p><SpotBand spot={profile.spot} words /></p>
            <p className="text-ink-muted">{verdict.known ? verdict.sentence : verdict.reason} {profile.spot.source}, {profile.spot.asOf.slice(0, 10)}, {profile.spot.ageDays} days old.</p></div>
        ) : null}
      </div>
    </Panel>
  );
}
