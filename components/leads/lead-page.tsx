"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { asProblem } from "@/components/form/as-problem";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonText } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { EraseDialog } from "./erase-dialog";
import { LeadCompany } from "./lead-company";
import { LeadHistory } from "./lead-history";
import { LeadLink } from "./lead-link";
import { LeadMessage } from "./lead-message";
import { LeadNotes } from "./lead-notes";
import { LeadPeople } from "./lead-people";
import { LeadRequests } from "./lead-requests";
import { LeadScore } from "./lead-score";
import { LeadStep } from "./lead-step";
import { stageTone } from "./lead-table";
import { sourceWords, stageLabel } from "./stage-words";
import { useLead } from "./use-lead";

/** Everything known of a lead, and what to do next. */
export function LeadPage({ id, sender, nowMs }: { id: string; sender: string; nowMs: number }) {
  const router = useRouter();
  const { lead: read, path, attempt, change } = useLead(id);
  const [deleting, setDeleting] = useState(false);
  const [erasing, setErasing] = useState<{ id: string; name: string; email: string | null } | null>(null);
  if (!read.data) return read.isError ? <ErrorState title="Could not read this lead" reason={asProblem(read.error).detail} onRetry={() => void read.refetch()} /> : <div className="panel p-4" role="status" aria-label="Loading"><SkeletonText lines={8} /></div>;
  const { data: lead, etag } = read.data;
  const remove = async () => {
    await fetchJson(path, { method: "DELETE" });
    toast.success(`${lead.name} is deleted`);
    router.push("/app/leads");
  };
  return (
    <>
      <PageHeader title={lead.name} status={<Badge tone={stageTone(lead.stage)}>{stageLabel(lead.stage)}</Badge>}
        meta={<>{lead.domain ? <a className="link" href={`https://${lead.domain}`} rel="noreferrer nofollow" target="_blank">{lead.domain}</a> : <span>no website known</span>}<span>{sourceWords[lead.source] ?? lead.source}{lead.fromList ? `: ${lead.fromList.list}` : ""}, {lead.createdAt.slice(0, 10)}</span></>}
        actions={<Button onClick={() => setDeleting(true)}>Delete lead</Button>} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid min-w-0 gap-4 max-lg:contents">
          <LeadRequests contacts={lead.contacts} nowMs={nowMs} />
          <LeadNotes notes={lead.notes} path={path} attempt={attempt} nowMs={nowMs} />
          <LeadPeople people={lead.people} onErase={setErasing} />
          <LeadMessage lead={lead} sender={sender} />
          <LeadCompany key={`company-${etag}`} lead={lead} change={change} />
          <LeadHistory history={lead.history} nowMs={nowMs} />
        </div>
        <div className="grid min-w-0 gap-4 max-lg:contents">
          {/* On a narrow screen what to do next comes before everything known. */}
          <div className="min-w-0 max-lg:-order-1"><LeadStep key={`step-${etag}`} lead={lead} change={change} nowMs={nowMs} /></div>
          <LeadScore lead={lead} change={change} />
          <LeadLink key={`link-${etag}`} lead={lead} change={change} />
        </div>
      </div>
      <ConfirmDialog open={deleting} onOpenChange={setDeleting} title={`Delete ${lead.name}?`} confirmLabel="Delete lead" onConfirm={remove}>The company goes with its people, requests, notes and visits. A list or a message may bring it again.</ConfirmDialog>
      <EraseDialog open={erasing !== null} person={erasing} onClose={() => setErasing(null)} onErased={(e) => { if (e.leads > 0) router.push("/app/leads"); }} />
    </>
  );
}
