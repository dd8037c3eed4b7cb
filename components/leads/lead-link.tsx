"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Panel } from "@/components/ui/panel";
import type { LeadDetailDto } from "@/lib/leads/schema";
import type { LeadChange } from "./use-lead";

const DAYS_SHOWN = 5;

/** The lead's own link to our site, and how often it was opened. */
export function LeadLink({ lead, change }: { lead: LeadDetailDto; change: LeadChange }) {
  const [path, setPath] = useState(lead.linkPath);
  const wrong = !/^\/(?![/\\])[^\s\\]*$/.test(path);
  return (
    <Panel title="Tracked link" description="Counts visits a day. No cookie, nothing of the visitor is kept.">
      <div className="grid gap-4">
        <div className="flex items-center gap-2 rounded-md border border-line bg-sunken py-1 pl-2.5 pr-1"><code className="min-w-0 flex-1 truncate text-sm" title={lead.linkUrl}>{lead.linkUrl}</code><CopyButton text={lead.linkUrl} label="Copy link" /></div>
        <form className="flex items-end gap-2" onSubmit={(e) => { e.preventDefault(); if (!wrong) void change({ linkPath: path }, "The link leads there now"); }}>
          <Field label="Leads to" className="flex-1" error={wrong ? "A path of this site, such as /calculator" : null}><Input mono value={path} maxLength={300} onChange={(e) => setPath(e.target.value)} autoComplete="off" spellCheck={false} /></Field>
          {path !== lead.linkPath ? <Button type="submit" disabled={wrong}>Save</Button> : null}
        </form>
        {lead.visits === 0 ? <p className="text-ink-muted">Not opened yet.</p> : (
          <div className="grid gap-1">
            <p><span className="font-medium tabular">{lead.visits}</span> {lead.visits === 1 ? "visit" : "visits"} so far</p>
            <ul className="grid gap-0.5 text-sm text-ink-muted">{lead.visitDays.slice(0, DAYS_SHOWN).map((v) => <li key={v.day} className="flex justify-between tabular"><span>{v.day}</span><span>{v.count}</span></li>)}</ul>
          </div>
        )}
      </div>
    </Panel>
  );
}
