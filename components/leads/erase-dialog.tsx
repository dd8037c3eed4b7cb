"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "@/components/form/as-problem";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { ErasedDto } from "@/lib/leads/schema";

/** `person`: one of a lead. Without: asked for by address, wherever it stands. */
type Props = { open: boolean; person?: { id: string; name: string; email: string | null } | null; onClose: () => void; onErased?: (erased: ErasedDto) => void };

/** Deletes everything about a person: first it counts what that would be. */
export function EraseDialog(props: Props) {
  return props.open ? <Open {...props} /> : null;
}

function Open({ person, onClose, onErased }: Props) {
  const client = useQueryClient();
  const [email, setEmail] = useState("");
  const [found, setFound] = useState<ErasedDto | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const call = async (dryRun: boolean) => {
    setBusy(true);
    setFault(null);
    try {
      const body = person && !person.email ? { person: person.id, dryRun } : { email: person?.email ?? email, dryRun };
      const answer = await fetchJson<ErasedDto>("/api/v1/lead-erasures", { body });
      if (dryRun) return setFound(answer);
      toast.success("Everything about this person is deleted");
      onClose();
      onErased?.(answer);
      await client.invalidateQueries({ queryKey: keys.leads });
    } catch (cause) {
      setFault(asProblem(cause).detail);
    } finally {
      setBusy(false);
    }
  };
  const lines = found ? linesOf(found) : [];
  const nothing = found !== null && lines.length === 0;
  return (
    <Dialog open onOpenChange={(o) => { if (!o && !busy) onClose(); }} title={person ? `Delete everything about ${person.name}` : "Delete a person everywhere"} description="For somebody who asks for it. The audit log will say that it was done, and not whose data it was."
      footer={<><Button onClick={onClose} disabled={busy}>Cancel</Button>{found && !nothing ? <Button variant="danger" loading={busy} onClick={() => void call(false)}>Delete all of it</Button> : <Button variant="primary" type="submit" form="erase" loading={busy}>See what is there</Button>}</>}>
      <form id="erase" className="grid gap-4" onSubmit={(e) => { e.preventDefault(); void call(true); }} noValidate>
        {person ? (person.email ? <p className="text-ink-muted">Found by their address, <span className="text-ink">{person.email}</span>, wherever it stands.</p> : <p className="text-ink-muted">No address is known, so only this entry and what belongs to its lead is looked at.</p>)
          : <Field label="E-mail address" required><Input type="email" value={email} autoComplete="off" onChange={(e) => { setEmail(e.target.value); setFound(null); }} /></Field>}
        {nothing ? <Notice state="ready" title="Nothing is known of this address" /> : null}
        {lines.length > 0 ? <Notice state="warning" title="This will be deleted, and cannot be brought back"><ul className="list-disc pl-4">{lines.map((line) => <li key={line}>{line}</li>)}</ul></Notice> : null}
        {fault ? <Notice state="failed" title={fault} /> : null}
      </form>
    </Dialog>
  );
}

const many = (n: number, one: string, more = `${one}s`) => (n === 0 ? [] : [`${n} ${n === 1 ? one : more}`]);

function linesOf(e: ErasedDto): string[] {
  return [
    ...many(e.people, "person of a lead", "entries as a person of a lead"), ...many(e.contactRequests, "contact request"), ...many(e.pendingNotices, "notice still to be sent", "notices still to be sent"),
    ...many(e.leads, "lead that stood for them alone", "leads that stood for them alone"), ...many(e.notes, "note that names them, or is about a lead that was theirs alone", "notes that name them, or are about a lead that was theirs alone"),
    ...many(e.visitCounts, "day of visits of their link", "days of visits of their link"), ...many(e.listRows, "refused row of a list"), ...many(e.lists, "file of a list that holds them and was not taken over yet", "files of lists that hold them and were not taken over yet"),
  ];
}
