"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { againIfFailed } from "@/components/query/should-retry";
import { asProblem } from "@/components/form/as-problem";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ErrorState } from "@/components/ui/error-state";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Meter } from "@/components/ui/meter";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { SkeletonText } from "@/components/ui/skeleton";
import { Status } from "@/components/ui/status";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import { formatBytes } from "@/lib/format/bytes";
import type { LeadListDto } from "@/lib/leads/import/schema";
import { ColumnsForm } from "./columns-form";
import { countLines, listLooks, runs } from "./list-words";
import { RefusedRows } from "./refused-rows";

const LOOK_MS = 1000;

/** A list on its way: its columns, what it would do, how far it is, what was refused. */
export function LeadListPage({ id }: { id: string }) {
  const router = useRouter();
  const client = useQueryClient();
  const [deleting, setDeleting] = useState(false);
  const [again, setAgain] = useState(false);
  const [starting, setStarting] = useState(false);
  const path = `/api/v1/lead-lists/${id}`;
  const queryKey = [...keys.leadImports, "one", id];
  const read = useQuery({ queryKey, queryFn: ({ signal }) => fetchJson<LeadListDto>(path, { signal }), refetchInterval: (q) => (q.state.data && runs(q.state.data) ? LOOK_MS : againIfFailed(q)) });
  if (!read.data) return read.isError ? <ErrorState title="Could not read this list" reason={asProblem(read.error).detail} onRetry={() => void read.refetch()} /> : <div className="panel p-4" role="status" aria-label="Loading"><SkeletonText lines={6} /></div>;
  const list = read.data;
  const show = (next: LeadListDto) => { client.setQueryData(queryKey, next); setAgain(false); };
  const start = async () => {
    setStarting(true);
    try {
      show(await fetchJson<LeadListDto>(`${path}/import`, { method: "POST" }));
    } catch (cause) {
      toast.error("Not started", { description: asProblem(cause).detail });
      void read.refetch();
    }
    setStarting(false);
  };
  const remove = async () => {
    await fetchJson(path, { method: "DELETE" });
    toast.success(`${list.filename} is deleted`);
    router.push("/app/leads/lists");
    await client.invalidateQueries({ queryKey: keys.leadImports });
  };
  const choosing = list.state === "uploaded" || (list.state === "checked" && again);
  return (
    <>
      <PageHeader title={list.filename} status={<Status state={listLooks[list.state].state}>{listLooks[list.state].word}</Status>} meta={<span>{formatBytes(list.bytes)}, {list.headers.length} columns{list.rows === null ? "" : `, ${list.rows.toLocaleString("en")} rows`}</span>}
        actions={list.state === "importing" || list.state === "done" ? null : <Button onClick={() => setDeleting(true)}>Delete list</Button>} />
      {list.fault ? <Notice state="failed" title={list.fault} /> : null}
      {choosing ? <ColumnsForm list={list} path={path} onChecked={show} /> : null}
      {runs(list) ? (
        <Panel title={list.state === "checking" ? "Counting what it would do" : "Taking it over"} description="A worker does this. You can leave the page.">
          <Meter kind="progress" label="Rows" value={list.state === "importing" && list.rows ? list.rowsDone / list.rows : null} valueText={list.state === "importing" && list.rows ? `${list.rowsDone.toLocaleString("en")} of ${list.rows.toLocaleString("en")}` : `${list.rowsDone.toLocaleString("en")} so far`} tone="progressing" />
        </Panel>
      ) : null}
      {!choosing && list.state !== "failed" ? (
        <Panel title={list.state === "done" ? "What it brought" : list.state === "importing" ? "So far" : "What it would do"} description={list.state === "checked" ? "Nothing is written yet. Companies are the same by website, else by name; nothing that is known is written over." : undefined}
          footer={list.state === "checked" ? <span className="flex flex-wrap gap-2"><Button variant="primary" loading={starting} onClick={() => void start()}>Take {(list.rows! - list.counts.refused).toLocaleString("en")} rows over</Button><Button onClick={() => setAgain(true)}>Change the columns</Button></span> : undefined}>
          <KeyValueList items={[...countLines(list.counts), { label: "From", value: list.origin }, { label: "Kept because", value: list.basis }]} />
        </Panel>
      ) : null}
      {!choosing && !runs(list) && list.counts.refused > 0 ? <RefusedRows list={list} path={path} /> : null}
      <ConfirmDialog open={deleting} onOpenChange={setDeleting} title={`Delete ${list.filename}?`} confirmLabel="Delete list" onConfirm={remove}>Its file and its refused rows go. No lead is touched.</ConfirmDialog>
    </>
  );
}
