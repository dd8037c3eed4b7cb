"use client";
import { useMutation } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import type { z } from "zod";
import { asProblem } from "@/components/form/as-problem";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { fetchJson } from "@/lib/api-client/fetch-json";
import type { auditVerdictSchema } from "@/lib/audit/schema";

type Verdict = z.infer<typeof auditVerdictSchema>;

/** Recomputes the whole hash chain on the server, and says what it found. */
export function VerifyChain() {
  const check = useMutation({ mutationFn: () => fetchJson<Verdict>("/api/v1/audit/verify") });
  const again = <Button size="sm" onClick={() => check.mutate()} loading={check.isPending}><ShieldCheck aria-hidden />{check.data || check.error ? "Verify again" : "Verify chain"}</Button>;
  if (check.error) return <Notice state="failed" title="The chain could not be checked" actions={again}>{asProblem(check.error).detail}</Notice>;
  const v = check.data;
  if (!v) return <Notice title="Has anything been changed?" actions={again}>Recomputes the hash of every row from the first to the newest. A row edited, removed or moved breaks the chain.</Notice>;
  if (!v.intact) return <Notice state="failed" title={`The chain is broken at row ${v.brokenAt}`} actions={again}>{v.reason}. {v.rows} {v.rows === 1 ? "row" : "rows"} before it are as they were written. Keep a copy of the database before anything else, and compare with a backup.</Notice>;
  return (
    <Notice state="ready" title={`Intact: all ${v.rows.toLocaleString("en-US")} rows are as they were written`} actions={again}>
      Note the newest hash elsewhere: only that shows later whether the end was cut off.
      {v.head ? <span className="mt-1 flex items-center gap-1"><code className="min-w-0 truncate text-ink">{v.head}</code><CopyButton text={v.head} label="Copy hash" /></span> : null}
    </Notice>
  );
}
