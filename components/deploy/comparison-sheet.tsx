"use client";
import { ForecastFigures } from "@/components/deploy/forecast-figures";
import { SpotVerdictFigures } from "@/components/deploy/spot-verdict-figures";
import type { ComparedItem } from "@/components/deploy/use-forecast";
import { FitBars } from "@/components/profiles/fit-bars";
import { Sheet } from "@/components/ui/sheet";
import type { Profile } from "@/lib/profiles/schema";

type Props = { row: (ComparedItem & { profile: Profile }) | null; replicas: number; availability: number; onClose: () => void };

/** One line of the comparison: how its month is worked out, what spot means there, and whether the model fits. */
export function ComparisonSheet({ row, replicas, availability, onClose }: Props) {
  return (
    <Sheet open={row !== null} onOpenChange={(open) => { if (!open) onClose(); }} title={row ? <span className="font-mono">{row.profile.slug}</span> : "Profile"} className="w-[min(32rem,100vw)]!">
      {row ? (
        <div tabIndex={0} className="grid gap-6 rounded-sm">
          <ForecastFigures forecast={row.forecast} profile={row.profile} open />
          {row.profile.spot && row.spotVerdict ? <section className="grid gap-2"><h3 className="font-semibold">Spot risk</h3><SpotVerdictFigures spot={row.profile.spot} verdict={row.spotVerdict} replicas={replicas} availability={availability} /></section> : null}
          {row.fit ? <section className="grid gap-3"><h3 className="font-semibold">Fit</h3><FitBars fit={row.fit} /></section> : null}
        </div>
      ) : null}
    </Sheet>
  );
}
