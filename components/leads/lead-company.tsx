"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Panel } from "@/components/ui/panel";
import { Textarea } from "@/components/ui/textarea";
import { formatMoney } from "@/lib/format/money";
import type { LeadDetailDto } from "@/lib/leads/schema";
import type { LeadChange } from "./use-lead";

const NUMBERS = ["foundedYear", "employeesMin", "employeesMax", "fundingUsd"] as const;
type Field_ = (typeof NUMBERS)[number] | "name" | "website" | "description" | "industries" | "technologies" | "location" | "lastFundingOn";

/** Facts of the company, and the form to mend them. */
export function LeadCompany({ lead, change }: { lead: LeadDetailDto; change: LeadChange }) {
  const [editing, setEditing] = useState(false);
  return (
    <Panel title="Company" actions={editing ? null : <Button size="sm" onClick={() => setEditing(true)}>Edit</Button>}>
      {editing ? <Form lead={lead} change={change} onDone={() => setEditing(false)} /> : (
        <KeyValueList items={[
          { label: "What it does", value: lead.description }, { label: "Industries", value: lead.industries }, { label: "Technologies", value: lead.technologies }, { label: "Where", value: lead.location },
          { label: "Founded", value: lead.foundedYear }, { label: "Employees", value: size(lead) }, { label: "Funding", value: lead.fundingUsd === null ? null : formatMoney(lead.fundingUsd) },
          { label: "Last round", value: [lead.lastFundingType, lead.lastFundingOn].filter(Boolean).join(", ") || null }, { label: "Profile", value: lead.linkedinUrl?.startsWith("https://") ? <a className="link" href={lead.linkedinUrl} rel="noreferrer nofollow" target="_blank">{lead.linkedinUrl}</a> : lead.linkedinUrl },
        ]} />
      )}
    </Panel>
  );
}

function size({ employeesMin: min, employeesMax: max }: LeadDetailDto): string | null {
  if (min === null && max === null) return null;
  return min === max ? String(min) : max === null ? `more than ${min}` : `${min ?? 0} to ${max}`;
}

function Form({ lead, change, onDone }: { lead: LeadDetailDto; change: LeadChange; onDone: () => void }) {
  const first = (f: Field_) => String((f === "website" ? lead.domain : lead[f]) ?? "");
  const [values, setValues] = useState<Partial<Record<Field_, string>>>({});
  const [saving, setSaving] = useState(false);
  const bind = (f: Field_) => ({ value: values[f] ?? first(f), onChange: (e: { target: { value: string } }) => setValues((v) => ({ ...v, [f]: e.target.value })), autoComplete: "off" });
  const save = async () => {
    const changed = Object.entries(values).filter(([f, v]) => v !== first(f as Field_));
    if (changed.length === 0) return onDone();
    setSaving(true);
    const body = Object.fromEntries(changed.map(([f, v]) => [f, (NUMBERS as readonly string[]).includes(f) ? (v.trim() === "" ? null : Number(v)) : f === "lastFundingOn" && v === "" ? null : v]));
    if (await change(body, "Company saved")) onDone();
    setSaving(false);
  };
  return (
    <form className="grid gap-4" onSubmit={(e) => { e.preventDefault(); void save(); }}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name" required><Input {...bind("name")} maxLength={160} required /></Field>
        <Field label="Website" optional><Input {...bind("website")} inputMode="url" /></Field>
      </div>
      <Field label="What it does" optional hint="The rules of the score read this, and the next two."><Textarea {...bind("description")} rows={4} maxLength={4000} /></Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Industries" optional><Input {...bind("industries")} maxLength={1000} /></Field>
        <Field label="Technologies" optional><Input {...bind("technologies")} maxLength={2000} /></Field>
        <Field label="Where" optional><Input {...bind("location")} maxLength={200} /></Field>
        <Field label="Founded" optional><Input {...bind("foundedYear")} type="number" min={1600} max={2100} /></Field>
        <Field label="Employees from" optional><Input {...bind("employeesMin")} type="number" min={0} /></Field>
        <Field label="Employees to" optional><Input {...bind("employeesMax")} type="number" min={0} /></Field>
        <Field label="Funding in all" optional><Input {...bind("fundingUsd")} type="number" min={0} after="USD" /></Field>
        <Field label="Last round on" optional><Input {...bind("lastFundingOn")} type="date" /></Field>
      </div>
      <div className="flex gap-2"><Button type="submit" variant="primary" loading={saving}>Save company</Button><Button onClick={onDone}>Cancel</Button></div>
    </form>
  );
}
