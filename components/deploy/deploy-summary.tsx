"use client";
import { Rocket } from "lucide-react";
import { GateNotice } from "@/components/approvals/gate-notice";
import { estimateCost } from "@/components/deploy/cost-estimate";
import { ProblemNotice } from "@/components/form/problem-notice";
import { SpotBand } from "@/components/profiles/spot-band";
import { Button } from "@/components/ui/button";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Status, type State } from "@/components/ui/status";
import type { ApiProblem } from "@/lib/api-client/api-problem";
import type { Forecast } from "@/lib/costs/schema";
import type { BudgetCheck } from "@/lib/budgets/check-budget";
import { NO_PRICE } from "@/lib/costs/quote";
import { formatMoney, formatMoneyPerHour, formatMoneyPerMonth } from "@/lib/format/money";
import type { Profile } from "@/lib/profiles/schema";

type Props = {
  name: string; version: number; targetName: string; profile: Profile | null; fit: { state: State; word: string } | null; scaling: { min: number; max: number }; /** null: none yet. */ forecast: Forecast | null;
  gate: BudgetCheck | undefined; problem: ApiProblem | null; pending: boolean; disabled: boolean; why: string | null;
};

/** What will be, what it is estimated to cost, and the button. Beside the form, below it on a small screen. */
export function DeploySummary({ name, version, targetName, profile, fit, scaling, forecast, gate, problem, pending, disabled, why }: Props) {
  const cost = estimateCost(profile?.price?.value ?? null, scaling);
  const fixed = scaling.min === scaling.max;
  const button = <Button type="submit" variant="primary" size="lg" className="w-full" loading={pending} disabled={disabled} aria-describedby={why ? "why-not" : undefined}><Rocket aria-hidden />{gate?.decision === "ask" && !gate.mayApprove ? `Ask to deploy version ${version}` : `Deploy version ${version}`}</Button>;
  return (
    <>
    <aside aria-label="Summary" className="panel grid gap-4 p-4 lg:sticky lg:top-18">
      <div className="grid gap-1" aria-live="polite">
        <h2 className="text-sm text-ink-muted">{forecast ? "Forecast with this traffic" : scaling.min === 0 ? "Estimate, from asleep to running all the time" : "Estimate, running all the time"}</h2>
        {forecast && forecast.likely.monthly !== null ? (
          <>
            <p className="figure text-xl font-semibold">{formatMoneyPerMonth(forecast.likely.monthly)}</p>
            {forecast.low.monthly === forecast.high.monthly ? null : <p className="text-sm text-ink-muted"><span className="figure">{formatMoneyPerMonth(forecast.low.monthly)}</span> low, <span className="figure">{formatMoneyPerMonth(forecast.high.monthly)}</span> high</p>}
            <p className="text-sm text-ink-muted"><span className="figure">{formatMoney(forecast.likely.per1000Predictions, "–")}</span> per 1,000 predictions</p>
            <p className="text-sm text-ink-muted"><span className="figure">{formatMoneyPerHour(profile?.price?.value)}</span> a replica</p>
          </>
        ) : cost.leastPerMonth === null ? <p className="text-lg text-ink-muted">{profile ? NO_PRICE : "Choose a profile"}</p> : (
          <>
            <p className="figure text-xl font-semibold">{formatMoneyPerMonth(cost.leastPerMonth)}{fixed || cost.mostPerMonth === null ? null : <span className="text-base font-normal text-ink-muted"> to {formatMoneyPerMonth(cost.mostPerMonth)}</span>}</p>
            <p className="figure text-sm text-ink-muted">{formatMoneyPerHour(cost.leastPerHour)}{fixed || cost.mostPerHour === null ? null : ` to ${formatMoneyPerHour(cost.mostPerHour)}`}</p>
          </>
        )}
        {profile?.targetKind === "local" && profile.price ? <p className="text-xs text-ink-faint">This machine sends no bill: what its share would cost on AWS, prices of {profile.price.asOf.slice(0, 10)}{profile.price.stale ? `, ${profile.price.ageDays} days old` : ""}.</p>
          : profile?.price ? <p className="text-xs text-ink-faint">{profile.price.source}, {profile.price.asOf.slice(0, 10)}{profile.price.stale ? `, ${profile.price.ageDays} days old` : ""}.</p> : null}
      </div>
      <KeyValueList className="border-t border-line pt-4" items={[
        { label: "Name", value: name || null, mono: true },
        { label: "Version", value: version },
        { label: "Target", value: targetName },
        { label: "Replicas", value: fixed ? scaling.min || null : `${scaling.min} to ${scaling.max}` },
        { label: "Fit", value: fit ? <Status state={fit.state} size="sm">{fit.word}</Status> : null },
        { label: "Interruption", value: profile?.spot ? <SpotBand spot={profile.spot} /> : profile ? "none" : null },
      ]} />
      <GateNotice gate={gate} />
      <ProblemNotice problem={problem} />
      {why ? <p id="why-not" className="text-sm text-failed">{why}</p> : null}
      <div className="max-lg:hidden">{button}</div>
    </aside>
    {/* Below the two columns' width the price and the button stay in view. */}
    <div className="sticky bottom-2 z-20 flex items-center gap-4 rounded-xl bg-raised p-2.5 pl-4 shadow-raised outline outline-line lg:hidden">
      <span className="grid shrink-0"><span className="figure font-semibold">{formatMoneyPerMonth(forecast?.likely.monthly ?? cost.leastPerMonth, NO_PRICE)}</span><span className="text-xs text-ink-muted">estimate</span></span>
      <div className="min-w-0 flex-1">{button}</div>
    </div>
    </>
  );
}
