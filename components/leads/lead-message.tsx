"use client";
import { useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { LEAD_MESSAGES } from "@/content/leads";
import type { LeadDetailDto } from "@/lib/leads/schema";
import { fillMessage } from "./fill-message";

const NOBODY = "_nobody";

/** A message with its fields filled, to be changed and copied. Slipway sends nothing by itself. */
export function LeadMessage({ lead, sender }: { lead: LeadDetailDto; sender: string }) {
  const [template, setTemplate] = useState(LEAD_MESSAGES[lead.contacts.length > 0 ? 1 : 0]?.name ?? LEAD_MESSAGES[0]!.name);
  const [to, setTo] = useState(lead.people[0]?.id ?? NOBODY);
  const [own, setOwn] = useState<{ of: string; text: string } | null>(null);
  const message = LEAD_MESSAGES.find((m) => m.name === template)!;
  const person = lead.people.find((p) => p.id === to) ?? null;
  const fields = { name: person?.name ?? null, company: lead.name, link: lead.linkUrl, sender };
  const subject = fillMessage(message.subject, fields);
  const of = `${template}:${to}`;
  const body = own?.of === of ? own.text : fillMessage(message.body, fields);
  return (
    <Panel title="Message to copy" actions={<CopyButton text={body} label="Copy message" showLabel />}>
      <div className="grid gap-3">
        <Select aria-label="Template" value={template} onValueChange={setTemplate} options={LEAD_MESSAGES.map((m) => ({ value: m.name, label: m.name }))} />
        {lead.people.length > 0 ? <Select aria-label="To" value={to} onValueChange={setTo} options={lead.people.map((p) => ({ value: p.id, label: p.name, hint: p.email ?? "no address known" }))} /> : null}
        <div className="flex items-center gap-2"><span className="min-w-0 flex-1 wrap-anywhere"><span className="text-sm text-ink-muted">Subject </span>{subject}</span><CopyButton text={subject} label="Copy subject" /></div>
        <Field label="Text"><Textarea rows={12} value={body} onChange={(e) => setOwn({ of, text: e.target.value })} /></Field>
      </div>
    </Panel>
  );
}
