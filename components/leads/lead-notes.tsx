"use client";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { Textarea } from "@/components/ui/textarea";
import { fetchJson } from "@/lib/api-client/fetch-json";
import type { LeadDetailDto } from "@/lib/leads/schema";

type Props = { notes: LeadDetailDto["notes"]; path: string; attempt: (run: () => Promise<unknown>, done?: string) => Promise<boolean>; nowMs: number };

/** Notes, newest first. */
export function LeadNotes({ notes, path, attempt, nowMs }: Props) {
  const [text, setText] = useState("");
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [saving, setSaving] = useState(false);
  const add = async () => {
    setSaving(true);
    if (await attempt(() => fetchJson(`${path}/notes`, { body: { text }, idempotencyKey: key }))) {
      setText("");
      setKey(crypto.randomUUID());
    }
    setSaving(false);
  };
  return (
    <Panel title="Notes" flush>
      <form className="grid gap-2 px-4 pb-4" onSubmit={(e) => { e.preventDefault(); if (text.trim()) void add(); }}>
        <Textarea aria-label="New note" rows={3} maxLength={8000} value={text} onChange={(e) => { setText(e.target.value); setKey(crypto.randomUUID()); }} placeholder="What was said, what they need" />
        <div><Button type="submit" disabled={!text.trim()} loading={saving}>Add note</Button></div>
      </form>
      {notes.length > 0 ? (
        <ul className="grid divide-y divide-line border-t border-line">
          {notes.map((n) => (
            <li key={n.id} className="grid gap-1 px-4 py-3">
              <div className="flex items-center justify-between gap-2 text-sm text-ink-muted"><span>{n.author} · <RelativeTime time={n.createdAt} nowMs={nowMs} /></span><Button variant="ghost" size="sm" icon aria-label={`Delete the note of ${n.author}, ${n.createdAt.slice(0, 10)}`} onClick={() => void attempt(() => fetchJson(`${path}/notes/${n.id}`, { method: "DELETE" }), "Note deleted")}><Trash2 aria-hidden /></Button></div>
              <p className="whitespace-pre-wrap wrap-anywhere text-pretty">{n.text}</p>
            </li>
          ))}
        </ul>
      ) : null}
    </Panel>
  );
}
