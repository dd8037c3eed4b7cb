import { CircleX, Info, TriangleAlert } from "lucide-react";
import type { VersionDto } from "@/lib/models/schema";

export type Finding = VersionDto["findings"][number];

const LOOK = { danger: { icon: CircleX, text: "text-failed", word: "Danger" }, warning: { icon: TriangleAlert, text: "text-warning", word: "Warning" }, info: { icon: Info, text: "text-progressing", word: "Note" } };
const ORDER = { danger: 0, warning: 1, info: 2 };

/** What the inspection found, the gravest first, in its own words. */
export function FindingList({ findings }: { findings: Finding[] }) {
  return (
    <ul className="grid gap-2">
      {[...findings].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]).map((f, i) => {
        const look = LOOK[f.severity];
        return (
          <li key={`${i}-${f.code}`} className="flex items-start gap-2 text-sm">
            <look.icon aria-hidden className={`mt-px size-4 shrink-0 ${look.text}`} />
            <span className="grid min-w-0 gap-0.5">
              <span className="wrap-anywhere"><span className={`font-medium ${look.text}`}>{look.word}.</span> {f.message}</span>
              <span className="font-mono text-xs text-ink-faint wrap-anywhere">{f.code}{f.path ? ` · ${f.path}` : ""}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
