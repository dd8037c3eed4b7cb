"use client";
import { useState } from "react";
import { asProblem } from "@/components/form/as-problem";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Notice } from "@/components/ui/notice";
import { Sheet } from "@/components/ui/sheet";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import type { ApprovalDto } from "@/lib/approvals/schema";
import { monthInWords } from "@/lib/budgets/month";
import { formatMoney } from "@/lib/format/money";

type Verb = "approve" | "decline" | "withdraw";
type Props = { approval: ApprovalDto | null; onClose: () => void; onDone: () => void };
const said: Record<Verb, (a: ApprovalDto) => string> = { approve: (a) => `Approved: ${a.deployment} is on its way`, decline: (a) => `Declined: ${a.deployment} stays as it is`, withdraw: () => "Request taken back" };

/** What was asked for, what it does to the month, and the decision. */
export function ApprovalSheet({ approval, onClose, onDone }: Props) {
  return <Sheet open={approval !== null} onOpenChange={(o) => { if (!o) onClose(); }} title={approval ? approval.deployment : ""}>{approval ? <Decision key={approval.id} a={approval} onDone={onDone} /> : null}</Sheet>;
}

function Decision({ a, onDone }: { a: ApprovalDto; onDone: () => void }) {
  const [note, setNote] = useState("");
  const [pending, setPending] = useState<Verb | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const act = async (verb: Verb) => {
    setPending(verb);
    setRefused(null);
    try {
      await fetchJson(`/api/v1/projects/${a.project}/approvals/${a.id}/${verb}`, { method: "POST", ...(verb === "withdraw" ? {} : { body: note.trim() ? { note: note.trim() } : {} }) });
      toast.success(said[verb](a));
      onDone();
    } catch (cause) {
      setRefused(asProblem(cause).detail);
    } finally {
      setPending(null);
    }
  };
  const { gate } = a;
  const money = (usd: number | null) => <span className="figure">{formatMoney(usd, "unknown")}</span>;
  return (
    <div className="grid gap-5">
      <p className="text-ink-muted text-pretty">{a.requestedBy} asks: {a.summary}.</p>
      {gate.reasons.length > 0 ? <Notice state="warning" title="Why it waits">{gate.reasons.map((r) => <p key={r}>{r}</p>)}</Notice> : null}
      <KeyValueList items={[
        { label: "Project", value: `${a.project} / ${a.environment}` },
        { label: `Spent in ${monthInWords(gate.month)}`, value: money(gate.spentUsd) },
        { label: "By month's end, as it is", value: money(gate.forecastUsd.before) },
        { label: "With it, fewest replicas", value: money(gate.forecastUsd.least) },
        { label: "With it, most replicas", value: money(gate.forecastUsd.most) },
        { label: "Budget", value: gate.budgetUsd === null ? "none" : money(gate.budgetUsd) },
        ...(a.decidedBy ? [{ label: "Decided by", value: a.decidedBy }] : []),
        ...(a.note ? [{ label: "Note", value: a.note }] : []),
      ]} />
      <p className="text-sm text-ink-faint">Figures of when it was asked for{gate.estimate ? "; partly an estimate, since this machine sends no bill" : ""}.</p>
      {refused ? <Notice state="failed" title={refused} /> : null}
      {a.mayDecide ? (
        <>
          <Field label="Note" optional hint="For whoever asked"><Textarea value={note} maxLength={500} rows={2} onChange={(e) => setNote(e.target.value)} /></Field>
          <div className="flex flex-wrap justify-end gap-2">
            {a.mayWithdraw ? <Button variant="ghost" loading={pending === "withdraw"} disabled={pending !== null} onClick={() => void act("withdraw")}>Take back</Button> : null}
            <Button loading={pending === "decline"} disabled={pending !== null} onClick={() => void act("decline")}>Decline</Button>
            <Button variant="primary" loading={pending === "approve"} disabled={pending !== null} onClick={() => void act("approve")}>Approve</Button>
          </div>
        </>
      ) : a.mayWithdraw ? <div className="flex justify-end"><Button loading={pending === "withdraw"} onClick={() => void act("withdraw")}>Take back</Button></div> : null}
    </div>
  );
}
