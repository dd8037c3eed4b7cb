"use client";
import { ForecastFigures } from "@/components/deploy/forecast-figures";
import { TrafficFields, type MeasuredTime } from "@/components/deploy/traffic-fields";
import { SpotVerdictFigures } from "@/components/deploy/spot-verdict-figures";
import { AVAILABILITY, type Traffic } from "@/components/deploy/traffic";
import { SpotBand } from "@/components/profiles/spot-band";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Panel } from "@/components/ui/panel";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { Forecast } from "@/lib/costs/schema";
import type { SpotVerdict } from "@/lib/costs/spot-verdict";
import type { Profile } from "@/lib/profiles/schema";

/** Shares of the time with enough replicas that the verdict on spot can be made for. */
const WANTED = [0.99, 0.995, 0.999, 0.9999].map((share) => ({ value: String(share), label: `${Number((share * 100).toFixed(2))}%` }));
type Props = { traffic: Traffic; onChange: (next: Traffic) => void; measured: MeasuredTime; isMeasured: boolean; profile: Profile | null; replicas: number; forecast: Forecast | null | undefined; verdict: SpotVerdict | null | undefined; failed: string | null };

/** The traffic that is expected, and what the month would cost with it. */
export function TrafficPanel({ traffic, onChange, measured, isMeasured, profile, replicas, forecast, verdict, failed }: Props) {
  const availability = traffic.availability ?? AVAILABILITY;
  const share = traffic.spotShare ?? 1;
  return (
    <Panel title="Traffic and forecast" description="What you expect; the month’s cost follows from it. Nothing of this is deployed">
      <div className="grid gap-5">
        <TrafficFields traffic={traffic} onChange={onChange} measured={measured} isMeasured={isMeasured} />
        {failed ? <p role="status" className="text-sm text-ink-muted">The forecast could not be made: {failed}</p> : forecast && profile ? <ForecastFigures forecast={forecast} profile={profile} /> : null}
        {profile?.spot ? (
          <section className="grid gap-3">
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
              <h3 className="text-sm font-medium">Spot risk</h3>
              <span className="flex flex-wrap items-center gap-2 text-sm text-ink-muted">Wanted availability<SegmentedControl aria-label="Wanted availability" options={WANTED} value={String(availability)} onValueChange={(v) => onChange({ ...traffic, availability: Number(v) })} /></span>
            </div>
            {verdict ? <SpotVerdictFigures spot={profile.spot} verdict={verdict} replicas={replicas} availability={availability} /> : <p className="text-sm"><SpotBand spot={profile.spot} words /></p>}
            {profile.capacityType === "spot-with-fallback" ? <Field className="sm:w-1/3 sm:pr-3" label="Of the time on spot" error={share >= 0 && share <= 1 ? null : "Give a share from 0 to 100%."} hint="The rest on demand, in the likely bill"><Input type="number" inputMode="numeric" min={0} max={100} after="%" value={Number.isNaN(share) ? "" : Number((share * 100).toPrecision(4))} onChange={(e) => onChange({ ...traffic, spotShare: e.target.valueAsNumber / 100 })} /></Field> : null}
          </section>
        ) : null}
      </div>
    </Panel>
  );
}
