"use client";
import { useMutation } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import type { z } from "zod";
import { asProblem } from "@/components/form/as-problem";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { fetchJson, LIMIT_MS } from "@/lib/api-client/fetch-json";
import type { auditVerdictSchema } from "@/lib/audit/schema";

type Verdict = z.infer<typeof auditVerdictSchema>;

/** The check of the whole hash chain, which the server recomputes: its button, and what it found once it ran. */
export function useVerifyChain() {
  const check = useMutation({ mutationFn: () => fetchJson<Verdict>("/api/v1/audit/verify", { limitMs: LIMIT_MS.elsewhere }) });
  const button = <Button onClick={() => check.mutate()} loading={check.isPending} title="Recomputes the hash of every row, from the first to the newest"><ShieldCheck aria-hidden />{check.data || check.error ? "Verify again" : "Verify chain"}</Button>;
  return { button, result: check.error ? <Notice state="failed" title="The chain could not be checked">{asProblem(check.error).detail}</Notice> : check.data ? <Result verdict={check.data} /> : null };
}

function Result({ verdict: v }: { verdict: Verdict }) {
  if (!v.intact) return <Notice state="failed" title={`The chain is broken at row ${v.brokenAt}`}>{v.reason}. {v.rows} {v.rows === 1 ? "row" : "rows"} before it are as they were written. Keep a copy of the database before anything else, and compare it with a backup.</Notice>;
  return (
    <Notice state="ready" title={`Intact: all ${v.rows.toLocaleString("en-US")} rows are as they were written`}>
      Note the newest hash elsewhere: only that shows later whether the end was cut off.
      {v.head ? <span className="mt-1 flex min-w-0 items-center gap-1"><code className="min-w-0 truncate text-ink">{v.head}</code><CopyButton text={v.head} label="Copy hash" /></span> : null}
    </Notice>
  );
}
