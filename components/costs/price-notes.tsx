import { Panel } from "@/components/ui/panel";
import type { CostReport } from "@/lib/costs/schema";

/** Where each figure on the page comes from, in words. */
export function PriceNotes({ report }: { report: CostReport }) {
  const notes = Map.groupBy(report.deployments, (l) => l.priceNote);
  return (
    <Panel title="Where the figures come from">
      <dl className="grid gap-3 text-sm">
        <div><dt className="font-medium">Cost</dt><dd className="text-ink-muted">{report.source}, from {report.from.slice(0, 16).replace("T", " ")} to {report.to.slice(0, 16).replace("T", " ")} UTC. A replica costs from the moment it was placed until it was gone. Used is the share of that time in which it computed; idle is the rest.</dd></div>
        {[...notes].map(([note, lines]) => <div key={note}><dt className="font-medium">Price of <span className="font-mono">{[...new Set(lines.map((l) => l.profile))].join(", ")}</span></dt><dd className="text-ink-muted">{note || "no price on file"}</dd></div>)}
      </dl>
    </Panel>
  );
}
