"use client";
import { MOST_COMPARED } from "@/components/load-tests/curves";
import { STATE_LOOK } from "@/components/load-tests/words";
import { Checkbox } from "@/components/ui/checkbox";
import { cx } from "@/components/ui/cx";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { Status } from "@/components/ui/status";
import { formatRate } from "@/lib/format/number";
import { loadsOf, type LoadTestDto } from "@/lib/load-tests/schema";

type Props = { tests: LoadTestDto[]; selected: string; compared: string[]; onSelect: (id: string) => void; onCompare: (ids: string[]) => void };

/** Earlier tests: one is shown, up to four are laid over one another. */
export function TestHistory({ tests, selected, compared, onSelect, onCompare }: Props) {
  return (
    <Panel title="Load tests" description={tests.length > 1 ? `Tick two to ${MOST_COMPARED} to compare them` : undefined} flush>
      <ul className="divide-y divide-line border-t border-line">
        {tests.map((t) => {
          const on = compared.includes(t.id);
          const most = t.steps.length > 0 ? formatRate(Math.max(...t.steps.map((s) => s.throughput))) : null;
          return (
            <li key={t.id} className={cx("flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2", t.id === selected && "bg-hover")}>
              <Checkbox checked={on} disabled={!on && (compared.length >= MOST_COMPARED || t.steps.length === 0)} onCheckedChange={(next) => onCompare(next ? [...compared, t.id] : compared.filter((id) => id !== t.id))} label={<span className="sr-only">Compare the test of revision {t.revision}, {t.createdAt}</span>} />
              <button type="button" aria-current={t.id === selected || undefined} onClick={() => onSelect(t.id)} className="min-w-0 flex-1 basis-56 rounded-sm text-left font-medium hover:underline underline-offset-3">Revision {t.revision} on {t.subject.profile}<span className="ml-2 font-normal text-ink-muted">{t.plan.loop} loop, {loadsOf(t.plan).length} step{loadsOf(t.plan).length === 1 ? "" : "s"}{most ? `, up to ${most}` : ""}</span></button>
              <Status state={STATE_LOOK[t.state].state} size="sm" className="ml-8 sm:ml-0">{STATE_LOOK[t.state].word}</Status>
              <span className="text-sm text-ink-faint">{t.createdBy}, <RelativeTime time={t.createdAt} /></span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
