"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { Condition, RulePreviewDto } from "@/lib/alerts/schema";

const SHOWN = 4;
const TYPED_MS = 400;
const WORDS = { breach: ["text-failed", "holds"], between: ["text-warning", "close"], clear: ["text-ready", "fine"], unknown: ["text-ink-faint", "no data"] } as const;
const ORDER = ["breach", "between", "clear", "unknown"] as const;

/** What the condition says at this moment, as the evaluation would judge it: asked once the typing rests. */
export function NowIf({ project, condition, deployment }: { project: string; condition: Condition; deployment: string | null }) {
  const wanted = JSON.stringify({ condition, deployment });
  const [asked, setAsked] = useState(wanted);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), TYPED_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  const { data, error } = useQuery({
    queryKey: [...keys.alertRules(project), "preview", asked], placeholderData: keepPreviousData, staleTime: 15_000, retry: false,
    queryFn: ({ signal }) => fetchJson<RulePreviewDto>(`/api/v1/projects/${project}/alert-rules/preview`, { method: "POST", body: JSON.parse(asked) as unknown, signal }),
  });
  const items = [...(data?.items ?? [])].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || a.subject.localeCompare(b.subject));
  const holds = items.filter((i) => i.verdict === "breach").length;
  const unknown = items.filter((i) => i.verdict === "unknown").length;
  return (
    <div className="mt-4 grid gap-2 border-t border-line pt-3" aria-busy={asked !== wanted || undefined}>
      <h3 className="text-sm font-semibold">Now</h3>
      {!data ? <p className="text-sm text-ink-muted">{error ? `It could not be judged. ${error.message}` : "Judging…"}</p>
        : items.length === 0 ? <p className="text-sm text-ink-muted">{condition.kind === "budget" ? "No environment has a budget." : "Nothing runs that it would watch."}</p> : (
          <>
            {items.length > 1 && unknown < items.length ? <p className="text-sm text-ink-muted">{holds === 0 ? `It holds for none of ${items.length}` : `It holds for ${holds} of ${items.length}`}{unknown > 0 ? `; nothing is known of ${unknown}.` : "."}</p> : null}
            <ul className="grid gap-1.5 text-sm">
              {items.slice(0, SHOWN).map((i) => <li key={i.subject} className="grid"><span className="flex justify-between gap-3"><span className="truncate font-medium">{i.subject}</span><span className={`shrink-0 font-medium ${WORDS[i.verdict][0]}`}>{WORDS[i.verdict][1]}</span></span><span className="text-ink-muted wrap-anywhere">{i.noData ?? i.text}</span></li>)}
            </ul>
            {items.length > SHOWN ? <p className="text-sm text-ink-faint">and {items.length - SHOWN} more</p> : null}
          </>
        )}
    </div>
  );
}
