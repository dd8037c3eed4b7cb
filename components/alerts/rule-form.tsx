"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Controller, FormProvider, useForm, useWatch } from "react-hook-form";
import { ConditionFields } from "@/components/alerts/condition-fields";
import { CHANNEL_WORDS } from "@/components/alerts/channel-words";
import { CONDITION_WORDS } from "@/components/alerts/condition-words";
import { RulePreview } from "@/components/alerts/rule-preview";
import { ruleValues, type RuleValues } from "@/components/alerts/rule-values";
import { ProblemNotice } from "@/components/form/problem-notice";
import { sentence } from "@/components/form/sentence";
import { useProblem } from "@/components/form/use-problem";
import { Button, buttonClass } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Panel } from "@/components/ui/panel";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { alertChannelsHref, alertRulesHref } from "@/lib/api-client/hrefs";
import { keys } from "@/lib/api-client/query-keys";
import { CONDITION_KINDS, createRuleSchema, type ChannelDto, type RuleDto, type RuleInput } from "@/lib/alerts/schema";
import { formatDurationSeconds } from "@/lib/format/duration";

const EVERY = "every deployment"; // no slug has a space
const FOR = [0, 60, 120, 300, 600, 1800, 3600];
const durations = (own: number, zero: string) => [...new Set([...FOR, own])].sort((a, b) => a - b).map((s) => ({ value: String(s), label: s === 0 ? zero : formatDurationSeconds(s) }));
const FIELDS = ["name", "deployment", "channels"] as const;
type Props = { project: string; rule: RuleDto | null; deployment: string | null };

/** A rule, new or changed, with its sentence beside it. */
export function RuleForm({ project, rule, deployment }: Props) {
  const client = useQueryClient();
  const router = useRouter();
  const channels = useQuery({ queryKey: keys.alertChannels(project), queryFn: ({ signal }) => fetchJson<{ items: ChannelDto[] }>(`/api/v1/projects/${project}/alert-channels`, { signal }) });
  const [search, setSearch] = useState("");
  const deployments = useQuery({ queryKey: [...keys.deployments(project), "names", search], placeholderData: keepPreviousData, queryFn: ({ signal }) => fetchJson<{ items: { slug: string }[] }>(`/api/v1/projects/${project}/deployments?${new URLSearchParams({ limit: "50", ...(search.trim() ? { search: search.trim() } : {}) })}`, { signal }) });
  const form = useForm<RuleValues, unknown, RuleInput>({ resolver: zodResolver(createRuleSchema), defaultValues: ruleValues(rule, deployment) });
  const { problem, attempt } = useProblem<RuleValues>(form.setError, FIELDS);
  const { control, formState: { errors, isSubmitting } } = form;
  const kind = useWatch({ control, name: "condition.kind" });
  const [forSeconds, resolveSeconds] = useWatch({ control, name: ["forSeconds", "resolveSeconds"] });
  const choose = (next: string) => {
    const chosen = CONDITION_KINDS.find((k) => k === next)!;
    form.setValue("condition", rule?.condition.kind === chosen ? rule.condition : CONDITION_WORDS[chosen].first);
    form.clearErrors("condition");
    if (chosen === "budget") form.setValue("deployment", null);
  };
  const submit = form.handleSubmit((body) => attempt(async () => {
    const path = `/api/v1/projects/${project}/alert-rules`;
    await fetchJson(rule ? `${path}/${rule.id}` : path, { method: rule ? "PUT" : "POST", body });
    await client.invalidateQueries({ queryKey: keys.alerts });
    toast.success(rule ? `Rule ${body.name} saved` : `Rule ${body.name} is evaluated from now on`);
    router.push(alertRulesHref(project));
  }));
  const names = [...new Set([...(deployments.data?.items ?? []).map((d) => d.slug), ...(search === "" ? [deployment, rule?.deployment].filter((n) => typeof n === "string") : [])])];
  return (
    <FormProvider {...form}>
      <form onSubmit={(e) => void submit(e)} noValidate className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="grid gap-5">
          <Panel title="What to watch">
            <div className="grid gap-4">
              <RadioCards aria-label="Kind of rule" columns={2} value={kind} onValueChange={choose} options={CONDITION_KINDS.map((k) => {
                const { title, detail, icon: Icon } = CONDITION_WORDS[k];
                return { value: k, title, detail, aside: <Icon aria-hidden className="size-4 text-ink-faint" /> };
              })} />
              {kind === "budget" ? null : (
                <Controller control={control} name="deployment" render={({ field }) => (
                  <Field label="Of" error={sentence(errors.deployment?.message)}><Combobox value={field.value ?? EVERY} onValueChange={(v) => field.onChange(v === EVERY ? null : v)} searchPlaceholder="Find a deployment" onSearch={setSearch} loading={deployments.isFetching} options={[{ value: EVERY, label: `Every deployment of ${project}` }, ...names.map((n) => ({ value: n, label: n }))]} /></Field>
                )} />
              )}
              <ConditionFields key={kind} />
            </div>
          </Panel>
          <Panel title="When it fires, and when it is over">
            <div className="grid items-start gap-4 sm:grid-cols-2">
              <Controller control={control} name="forSeconds" render={({ field }) => <Field label="Fires after it held for" hint="Without a break; until then it is pending."><Select value={String(field.value)} onValueChange={(v) => field.onChange(Number(v))} options={durations(forSeconds ?? 120, "At once")} /></Field>} />
              <Controller control={control} name="resolveSeconds" render={({ field }) => <Field label="Is over after it was good for" hint="Clearly below the limit: at nine tenths of it."><Select value={String(field.value)} onValueChange={(v) => field.onChange(Number(v))} options={durations(resolveSeconds ?? 180, "At once")} /></Field>} />
            </div>
          </Panel>
          <Panel title="How it is told">
            <div className="grid gap-4">
              <Field label="Name" error={sentence(errors.name?.message)} required><Input {...form.register("name")} maxLength={80} autoComplete="off" placeholder={`${CONDITION_WORDS[kind].title} of ${project}`} /></Field>
              <Controller control={control} name="severity" render={({ field }) => (
                <Field label="Severity"><RadioCards columns={2} value={field.value} onValueChange={field.onChange} options={[{ value: "warning", title: "Warning", detail: "Somebody should look" }, { value: "critical", title: "Critical", detail: "Somebody has to act now" }]} /></Field>
              )} />
              <Controller control={control} name="channels" render={({ field }) => (
                <fieldset className="grid gap-2.5">
                  <legend className="mb-2 text-sm font-medium">Channels</legend>
                  {(channels.data?.items ?? []).map((c) => <Checkbox key={c.id} label={c.name} hint={`${CHANNEL_WORDS[c.kind].title}, ${c.shown}`} checked={(field.value ?? []).includes(c.id)} onCheckedChange={(on) => field.onChange(on ? [...(field.value ?? []), c.id] : (field.value ?? []).filter((x) => x !== c.id))} />)}
                  {channels.isError ? <p className="text-sm text-failed">The channels could not be read. {channels.error.message}</p> : channels.data?.items.length === 0 ? <p className="text-sm text-ink-muted">{project} has no channels yet: it shows in the portal alone. <Link href={alertChannelsHref(project)} className="link">Add a channel</Link></p> : null}
                  {errors.channels ? <p role="alert" className="text-sm text-failed">{sentence(errors.channels.message)}</p> : null}
                </fieldset>
              )} />
              <Controller control={control} name="enabled" render={({ field }) => <Switch checked={field.value ?? true} onCheckedChange={field.onChange} label="Evaluated" hint="Off: what fires is ended, and nothing new begins." />} />
            </div>
          </Panel>
        </div>
        <div className="grid gap-4 lg:sticky lg:top-17">
          <RulePreview project={project} control={control} channels={channels.data?.items ?? []} />
          <ProblemNotice problem={problem} />
          <div className="flex flex-wrap justify-end gap-2"><Link href={alertRulesHref(project)} className={buttonClass()}>Cancel</Link><Button type="submit" variant="primary" loading={isSubmitting}>{rule ? "Save rule" : "Create rule"}</Button></div>
        </div>
      </form>
    </FormProvider>
  );
}
