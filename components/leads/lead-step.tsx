"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import type { LeadDetailDto } from "@/lib/leads/schema";
import { stageLabel, stageOptions } from "./stage-words";
import type { LeadChange } from "./use-lead";

/** Where it stands, and what comes next. */
export function LeadStep({ lead, change, nowMs }: { lead: LeadDetailDto; change: LeadChange; nowMs: number }) {
  const [step, setStep] = useState(lead.nextStep ?? "");
  const [on, setOn] = useState(lead.nextStepOn ?? "");
  const [saving, setSaving] = useState(false);
  const dirty = step.trim() !== (lead.nextStep ?? "") || on !== (lead.nextStepOn ?? "");
  const save = async () => {
    setSaving(true);
    await change({ nextStep: step, nextStepOn: on || null }, "Next step saved");
    setSaving(false);
  };
  return (
    <Panel title="Where it stands">
      <form className="grid gap-4" onSubmit={(e) => { e.preventDefault(); void save(); }}>
        <Field label="Stage" hint={<>Since <RelativeTime time={lead.stageAt} nowMs={nowMs} /></>}><Select value={lead.stage} onValueChange={(stage) => void change({ stage }, `Moved to ${stageLabel(stage)}`)} options={stageOptions} /></Field>
        <Field label="Next step" optional><Input value={step} maxLength={500} onChange={(e) => setStep(e.target.value)} placeholder="Send the OCR study" autoComplete="off" /></Field>
        <Field label="On" optional><Input type="date" value={on} onChange={(e) => setOn(e.target.value)} className="w-44!" /></Field>
        <div><Button type="submit" variant="primary" disabled={!dirty} loading={saving}>Save next step</Button></div>
      </form>
    </Panel>
  );
}
