"use client";
import { HOUR_PRESETS } from "@/components/deploy/traffic";
import { Button } from "@/components/ui/button";

type Props = { hours: readonly number[]; onChange: (hours: number[]) => void };
const clock = (hour: number) => `${String(hour).padStart(2, "0")}:00`;

/** A mean rate for each hour of a usual day: 24 sliders that stand like the bars of a chart, and presets to start from. */
export function HourShape({ hours, onChange }: Props) {
  const top = Math.max(...hours.filter(Number.isFinite), 1e-9);
  const set = (hour: number, value: number) => onChange(hours.map((h, i) => (i === hour ? value : h)));
  const scale = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 100_000, 1_000_000].find((s) => s >= top) ?? top;
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium">Requests a second by hour of the day (UTC)</legend>
      <div className="flex flex-wrap gap-1.5">{HOUR_PRESETS.map((p) => <Button key={p.label} type="button" size="sm" onClick={() => onChange(p.hours(top))}>{p.label}</Button>)}</div>
      <div className="overflow-x-auto pb-1">
        <div className="grid min-w-[46rem] grid-cols-24 gap-1">
          {hours.map((value, hour) => (
            <label key={hour} className="grid justify-items-center gap-1 text-xs text-ink-muted">
              <span aria-hidden className="flex h-16 w-full items-end rounded-sm bg-sunken"><span className="block w-full rounded-sm bg-traffic-2" style={{ height: `${Math.min(100, ((Number.isFinite(value) ? value : 0) / scale) * 100)}%` }} /></span>
              <input type="number" inputMode="decimal" min={0} step="any" aria-label={`Requests a second from ${clock(hour)}`} value={Number.isFinite(value) ? value : ""} onChange={(e) => set(hour, e.target.valueAsNumber)} className="figure w-full [appearance:textfield] rounded-sm [&::-webkit-inner-spin-button]:m-0 [&::-webkit-inner-spin-button]:appearance-none border border-line bg-surface px-0 text-center text-[0.6875rem]" />
              <span aria-hidden>{hour}</span>
            </label>
          ))}
        </div>
      </div>
    </fieldset>
  );
}
