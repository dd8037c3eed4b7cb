import { Panel } from "@/components/ui/panel";
import type { CostSummary } from "@/lib/costs/summary/schema";

/** Where each figure on the page comes from, in words. */
export function PriceNotes({ summary: s }: { summary: CostSummary }) {
  return (
    <Panel title="Where the figures come from">
      <dl className="grid gap-3 text-sm">
        <div><dt className="font-medium">Cost</dt><dd className="text-ink-muted">{s.source}, from {s.from.slice(0, 16).replace("T", " ")} to {s.to.slice(0, 16).replace("T", " ")} UTC. A replica costs from the moment it was placed until it was gone. Used is the share of that time in which it computed; idle is the rest. Predictions and use are counted by whole minutes: the last one or two are not in them yet.</dd></div>
        {s.prices.map(({ note, profiles }) => <div key={note}><dt className="font-medium">Price of <span className="font-mono">{profiles.join(", ")}</span></dt><dd className="text-ink-muted">{note || "no price on file"}</dd></div>)}
      </dl>
    </Panel>
  );
}
