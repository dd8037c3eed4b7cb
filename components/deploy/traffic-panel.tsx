"use client";
import { ForecastFigures } from "@/components/deploy/forecast-figures";
import { TrafficFields, type MeasuredTime } from "@/components/deploy/traffic-fields";
import type { Traffic } from "@/components/deploy/traffic";
import { SpotBand } from "@/components/profiles/spot-band";
import { Panel } from "@/components/ui/panel";
import type { Forecast } from "@/lib/costs/schema";
import { spotVerdict } from "@/lib/costs/spot-verdict";
import type { Profile } from "@/lib/profiles/schema";

/** Share of the time that the verdict on spot is made for. */
const AVAILABILITY = 0.999;
type Props = { traffic: Traffic; onChange: (next: Traffic) => void; measured: MeasuredTime; isMeasured: boolean; profile: Profile | null; replicas: number; /** Measured on the chosen target; null: not yet. */ startSeconds: number | null; forecast: Forecast | null | undefined; failed: string | null };

/** The traffic that is expected, and what the month would cost with it. */
export function TrafficPanel({ traffic, onChange, measured, isMeasured, profile, replicas, startSeconds, forecast, failed }: Props) {
  const verdict = profile?.spot ? spotVerdict({ rangeIndex: profile.spot.rangeIndex, startSeconds, replicas, availability: AVAILABILITY }) : null;
  return (
    <Panel title="Traffic and forecast" description="What you expect; the month’s cost follows from it. Nothing of this is deployed">
      <div className="grid gap-5">
        <TrafficFields traffic={traffic} onChange={onChange} measured={measured} isMeasured={isMeasured} />
        {failed ? <p role="status" className="text-sm text-ink-muted">The forecast could not be made: {failed}</p> : forecast && profile ? <ForecastFigures forecast={forecast} profile={profile} /> : null}
        {profile?.spot && verdict ? (
          <div className="grid gap-1 text-sm"><h3 className="font-medium">Spot risk</h3><p><SpotBand spot={profile.spot} words /></p>
            <p className="text-ink-muted">{verdict.known ? verdict.sentence : verdict.reason} {profile.spot.source}, {profile.spot.asOf.slice(0, 10)}, {profile.spot.ageDays} days old.</p></div>
        ) : null}
      </div>
    </Panel>
  );
}
