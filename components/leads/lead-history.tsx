import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import type { LeadDetailDto } from "@/lib/leads/schema";
import { stageLabel } from "./stage-words";

type Entry = LeadDetailDto["history"][number];
const FIELD_WORDS: Record<string, string> = { nextStep: "next step", nextStepOn: "its day", linkPath: "where the link leads", usesGpus: "uses GPUs", buildsAi: "builds AI", website: "website", name: "name", fundingUsd: "funding", lastFundingOn: "last round", employeesMin: "size", employeesMax: "size", foundedYear: "year of founding", linkedinUrl: "profile" };

/** What happened to it, from the audit log. */
export function LeadHistory({ history, nowMs }: { history: Entry[]; nowMs: number }) {
  return (
    <Panel title="History" flush>
      {history.length === 0 ? <p className="px-4 pb-4 text-ink-muted">Brought by a list; nothing happened since.</p> : (
        <ol className="grid divide-y divide-line border-t border-line">
          {history.map((h, i) => <li key={i} className="flex flex-wrap justify-between gap-x-4 px-4 py-2"><span>{wordsOf(h)} <span className="text-ink-muted">by {h.who === "anonymous" ? "a visitor" : h.who}</span></span><span className="text-sm text-ink-muted"><RelativeTime time={h.at} nowMs={nowMs} /></span></li>)}
        </ol>
      )}
    </Panel>
  );
}

function wordsOf({ action, detail }: Entry): string {
  const fields = [...new Set((Array.isArray(detail.fields) ? detail.fields : []).map((f) => FIELD_WORDS[String(f)] ?? String(f)))].join(", ");
  switch (action) {
    case "lead.contact": return "Contact form sent";
    case "lead.create": return "Added";
    case "lead.merge": return "Added again, so merged";
    case "lead.move": return `Moved from ${stageLabel(String(detail.from))} to ${stageLabel(String(detail.to))}${fields ? `; changed: ${fields}` : ""}`;
    case "lead.update": return `Changed: ${fields}`;
    case "lead.note": return "Note written";
    case "lead.note-delete": return "Note deleted";
    default: return action;
  }
}
