import { fitLook } from "@/components/profiles/fit-look";
import { StackedBar, type BarPart } from "@/components/ui/stacked-bar";
import { formatMib } from "@/lib/format/bytes";
import type { Fit, FitBar } from "@/lib/profiles/fit";

const NAMES = { accelerator: "Accelerator memory", memory: "Memory", disk: "Disk" };
const TONES: BarPart["tone"][] = ["strong", "mid", "faint"];
/** Above this share of what is there it is called tight, as the verdict does. */
const TIGHT_ABOVE = 0.9;

/** Needed against there, for each of accelerator, memory and disk, and the sentence that decides. */
export function FitBars({ fit }: { fit: Fit }) {
  return (
    <div className="grid gap-4">
      {fit.bars.map((bar) => <StackedBar key={bar.what} label={NAMES[bar.what]} capacity={bar.capacityMib} capacityText={capacityText(bar)} verdict={barVerdict(bar)} parts={bar.parts.map((p, i) => ({ label: p.label, value: p.mib ?? 0, valueText: p.mib === null ? "unknown" : formatMib(p.mib), tone: TONES[i % 3]! }))} />)}
      <p className="text-sm text-ink-muted">{fit.decidedBy}</p>
    </div>
  );
}

function capacityText(bar: FitBar): string {
  const needed = bar.neededMib === null ? "unknown need" : formatMib(bar.neededMib);
  if (bar.capacityMib === null) return bar.what === "disk" ? `${needed}; sized from the model` : `${needed} of unknown`;
  return `${needed} of ${formatMib(bar.capacityMib)}`;
}

function barVerdict(bar: FitBar) {
  const least = bar.parts.reduce((sum, p) => sum + (p.mib ?? 0), 0);
  if (bar.capacityMib !== null && least > bar.capacityMib) return { state: fitLook("does_not_fit").state, text: "too little" };
  if (bar.neededMib === null) return { state: "stopped" as const, text: "unknown" };
  if (bar.capacityMib !== null && least > bar.capacityMib * TIGHT_ABOVE) return { state: fitLook("tight").state, text: "tight" };
  return { state: "ready" as const, text: "fits" };
}
