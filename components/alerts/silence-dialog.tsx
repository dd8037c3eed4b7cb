"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import { ProblemNotice } from "@/components/form/problem-notice";
import { sentence } from "@/components/form/sentence";
import { useProblem } from "@/components/form/use-problem";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import { createSilenceSchema, type ActiveAlertDto } from "@/lib/alerts/schema";

export type ToSilence = Pick<ActiveAlertDto, "project" | "ruleId" | "rule" | "deployment" | "subject">;
const LENGTHS = [["15", "15 minutes"], ["60", "an hour"], ["240", "4 hours"], ["1440", "a day"], ["10080", "a week"]] as const;
const SCOPES = ["this", "rule", "deployment"] as const;
const formSchema = z.object({ minutes: z.string(), scope: z.enum(SCOPES), reason: createSilenceSchema.shape.reason });
type Props = { alert: ToSilence | null; onClose: () => void };

/** Keeps an alert from being told for a while, and asks why: whoever looks next sees the reason. */
export function SilenceDialog({ alert, onClose }: Props) {
  return (
    <Dialog open={alert !== null} onOpenChange={(open) => { if (!open) onClose(); }} title={`Silence ${alert?.rule ?? ""}`} description="It is evaluated and shown as before; nobody is told that it fires until the silence ends."
      footer={<><Button onClick={onClose}>Cancel</Button><Button variant="primary" type="submit" form="silence">Silence alert</Button></>}>
      {alert ? <SilenceForm alert={alert} onDone={onClose} /> : null}
    </Dialog>
  );
}

function SilenceForm({ alert: a, onDone }: { alert: ToSilence; onDone: () => void }) {
  const client = useQueryClient();
  const form = useForm({ resolver: zodResolver(formSchema), defaultValues: { minutes: "60", scope: "this" as (typeof SCOPES)[number], reason: "" } });
  const { problem, attempt } = useProblem(form.setError, ["reason"]);
  const submit = form.handleSubmit(({ minutes, scope, reason }) => attempt(async () => {
    // An environment is no deployment: its rule is silenced as a whole.
    const body = { rule: scope === "deployment" ? null : a.ruleId, deployment: scope === "rule" ? null : a.deployment, minutes: Number(minutes), reason };
    await fetchJson(`/api/v1/projects/${a.project}/alert-silences`, { body });
    await client.invalidateQueries({ queryKey: keys.alerts });
    toast.success(`${a.rule} is silenced for ${LENGTHS.find(([m]) => m === minutes)?.[1] ?? `${minutes} minutes`}`);
    onDone();
  }));
  return (
    <form id="silence" onSubmit={(e) => void submit(e)} noValidate aria-busy={form.formState.isSubmitting || undefined} className="grid gap-4">
      <Controller control={form.control} name="minutes" render={({ field }) => <Field label="For"><Select value={field.value} onValueChange={field.onChange} options={LENGTHS.map(([value, label]) => ({ value, label }))} /></Field>} />
      {a.deployment ? (
        <Controller control={form.control} name="scope" render={({ field }) => (
          <Field label="What"><RadioCards value={field.value} onValueChange={field.onChange} options={[
            { value: "this", title: `${a.rule}, for ${a.deployment}` }, { value: "rule", title: `${a.rule}, for every deployment` }, { value: "deployment", title: `Every rule, for ${a.deployment}` },
          ]} /></Field>
        )} />
      ) : <p className="text-ink-muted">The rule is silenced for every environment of {a.project}.</p>}
      <Field label="Reason" hint="Shown to everybody beside the alert." error={sentence(form.formState.errors.reason?.message)} required><Textarea {...form.register("reason")} rows={2} maxLength={300} placeholder="Known: the new revision is warming up" /></Field>
      <ProblemNotice problem={problem} />
    </form>
  );
}
