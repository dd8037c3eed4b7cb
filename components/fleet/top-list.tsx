import Link from "next/link";
import { RANKINGS, rankFleet, type Ranking } from "@/components/fleet/rank-fleet";
import { Panel } from "@/components/ui/panel";
import { deploymentHref } from "@/lib/api-client/hrefs";
import type { FleetDeployment } from "@/lib/fleet/schema";

const NOTHING: Record<Ranking, string> = { latency: "No request is in this window yet; the last minute or two come later.", errors: "No failed request is in this window.", cost: "Nothing that has a price ran.", idle: "No idle time that has a price was measured." };

/** The first five by one measure, each with a bar against the first. */
export function TopList({ deployments, by }: { deployments: readonly FleetDeployment[]; by: Ranking }) {
  const { title, description, measure } = RANKINGS[by];
  const ranked = rankFleet(deployments, by);
  return (
    <Panel title={title} description={description} flush>
      {ranked.length === 0 ? <p className="border-t border-line px-4 py-4 text-ink-muted">{NOTHING[by]}</p> : (
        <ol className="border-t border-line py-1.5">
          {ranked.map(({ d, value, words, note }) => (
            <li key={`${d.project}/${d.deployment}`}>
              <Link href={deploymentHref(d.project, d.deployment)} className="grid gap-1 px-4 py-1.5 transition-colors hover:bg-hover focus-visible:-outline-offset-2">
                <span className="flex items-baseline justify-between gap-3"><span className="min-w-0 truncate"><span className="font-medium">{d.deployment}</span> <span className="text-sm text-ink-faint">{d.project}</span></span><span className="flex shrink-0 flex-wrap items-baseline justify-end gap-x-1.5"><span className="figure font-medium">{words}</span>{note ? <span className="text-sm text-ink-faint">{note}</span> : null}</span></span>
                <span aria-hidden className="h-1 overflow-hidden rounded-full bg-selected"><span className="block h-full rounded-full" style={{ width: `${Math.max(2, (value / ranked[0]!.value) * 100)}%`, background: `var(--color-${measure}-2)` }} /></span>
              </Link>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
