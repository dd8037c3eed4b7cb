import { acceleratorWords } from "@/components/profiles/profile-words";
import type { ComparedProfile } from "@/lib/costs/compare-profiles";
import { formatMoney, formatMoneyPerMonth } from "@/lib/format/money";

/** The two answers most people come for: the cheapest that cannot be interrupted, and the cheapest on spot. */
export function Cheapest({ rows }: { rows: readonly ComparedProfile[] }) {
  const first = (spot: boolean) => rows.find((r) => r.keepsUp && r.forecast.likely.monthly !== null && (r.profile.capacityType !== "on-demand") === spot);
  const answers = [["Cheapest on demand", first(false)], ["Cheapest on spot, on-demand as fallback", first(true)]] as const;
  if (answers.every(([, r]) => !r)) return null;
  return (
    <dl className="grid gap-px overflow-hidden rounded-xl border border-line bg-line sm:grid-cols-2">
      {answers.map(([label, r]) => (
        <div key={label} className="grid content-start gap-1 bg-surface p-5">
          <dt className="text-ink-muted">{label}</dt>
          <dd className="grid gap-1">
            {r ? (
              <>
                <span className="figure text-display-sm font-semibold tracking-tight">{formatMoneyPerMonth(r.forecast.likely.monthly)}</span>
                <span><span className="font-mono">{r.profile.instanceType}</span><span className="text-ink-muted">, {acceleratorWords(r.profile)}; <span className="figure">{formatMoney(r.forecast.likely.per1000Predictions, "–")}</span> per 1,000</span></span>
              </>
            ) : <span className="text-lg text-ink-muted">none that keeps up</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
