"use client";
import { useQuery } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { asProblem } from "@/components/form/as-problem";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { SkeletonText } from "@/components/ui/skeleton";
import { Status, type State } from "@/components/ui/status";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { Finding } from "@/lib/targets/target";

const LOOK: Record<Finding["status"], { state: State; word: string }> = { ok: { state: "ready", word: "There" }, warning: { state: "warning", word: "Needs attention" }, missing: { state: "failed", word: "Missing" }, unknown: { state: "stopped", word: "Unknown" } };

// What is missing and cannot be mended by a command is how this target is, not a fault.
const lookOf = (f: Finding) => (f.status === "missing" && !f.fix ? { state: "stopped" as const, word: "Not here" } : LOOK[f.status]);

/** One target with what its check found, and the command that mends each thing. */
export function TargetCheck({ target }: { target: { slug: string; name: string; kind: string } }) {
  const check = useQuery({ queryKey: [...keys.targets, target.slug, "check"], queryFn: ({ signal }) => fetchJson<{ items: Finding[] }>(`/api/v1/targets/${target.slug}/check`, { signal }) });
  return (
    <Panel title={target.name} description={target.kind === "local" ? "The machine Slipway runs on: replicas are processes of its gateway" : target.kind} actions={<Button size="sm" onClick={() => void check.refetch()} loading={check.isFetching}><RefreshCw aria-hidden />Check again</Button>}>
      {check.isError && !check.data ? <ErrorState className="py-6!" title="The target could not be asked" reason={asProblem(check.error).detail} remedy="Look whether its gateway is running, then check again." />
        : check.isPending ? <div role="status" aria-label="Checking"><SkeletonText lines={3} /></div>
        : check.data.items.length === 0 ? <p className="text-ink-muted">Nothing to report.</p> : (
          <ul className="grid divide-y divide-line">
            {check.data.items.map((f) => (
              <li key={f.id} className="grid gap-x-6 gap-y-1 py-3 first:pt-0 last:pb-0 sm:grid-cols-[minmax(0,1fr)_auto]">
                <span className="grid gap-0.5"><span className="font-medium">{f.title}</span><span className="text-sm text-ink-muted wrap-anywhere">{f.detail}</span></span>
                <Status state={lookOf(f).state} size="sm">{lookOf(f).word}</Status>
                {f.fix ? <CodeBlock className="sm:col-span-2" code={f.fix} wrap /> : null}
              </li>
            ))}
          </ul>
        )}
    </Panel>
  );
}
