"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useQuery } from "@tanstack/react-query";
import { Controller, useForm, useWatch } from "react-hook-form";
import { z } from "zod";
import { asProblem } from "@/components/form/as-problem";
import { ProblemNotice } from "@/components/form/problem-notice";
import { sentence } from "@/components/form/sentence";
import { useProblem } from "@/components/form/use-problem";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { fetchAllPages } from "@/lib/api-client/fetch-all-pages";
import { keys } from "@/lib/api-client/query-keys";
import type { TargetDto } from "@/lib/targets-catalogue/schema";
import { fetchJson, fetchWithEtag } from "@/lib/api-client/fetch-json";
import { slugSchema } from "@/lib/api/schema";
import { OVER_BUDGET } from "@/lib/budgets/gate";
import { OVER_BUDGET_WORDS } from "@/components/approvals/budget-words";
import type { EnvironmentDto } from "@/lib/environments/schema";

const formSchema = z.object({
  name: slugSchema, displayName: z.string().trim().max(80, "may have at most 80 characters"), requiresApproval: z.boolean(), overBudget: z.enum(OVER_BUDGET),
  target: z.string(),
  sleep: z.string().trim().regex(/^([1-9]\d{0,2}|1[0-3]\d\d|14[0-3]\d|1440)?$/, "must be 1 to 1440 minutes, or empty"), expire: z.string().trim().regex(/^([1-9]\d?|[12]\d\d|3[0-5]\d|36[0-5])?$/, "must be 1 to 365 days, or empty"),
  budget: z.string().trim().regex(/^(\d{1,10}(\.\d{1,2})?)?$/, "must be an amount like 250 or 99.50, or empty"),
});
/** No slug: those hold no underscore. */
const ANY = "_any";
type Values = z.infer<typeof formSchema>;
type Props = { editing: EnvironmentDto | "new" | null; path: string; onClose: () => void; onSaved: () => void };

/** A new environment, or one's budget and rule. An edit reads it afresh, so that nobody's change is written over. */
export function EnvironmentDialog({ editing, path, onClose, onSaved }: Props) {
  const slug = editing && editing !== "new" ? editing.slug : null;
  const read = useQuery({ queryKey: ["environment", path, slug], enabled: slug !== null, gcTime: 0, staleTime: 0, refetchOnWindowFocus: false, queryFn: ({ signal }) => fetchWithEtag<EnvironmentDto>(`${path}/${slug}`, { signal }) });
  const done = () => { onSaved(); onClose(); };
  return (
    <Dialog open={editing !== null} onOpenChange={(open) => { if (!open) onClose(); }} title={editing && editing !== "new" ? `Edit ${editing.displayName}` : "New environment"}
      footer={<><Button onClick={onClose}>Cancel</Button><Button variant="primary" type="submit" form="environment">{slug ? "Save changes" : "Create environment"}</Button></>}>
      {editing === "new" ? <EnvironmentForm path={path} before={null} etag={null} onDone={done} />
        : read.isError ? <ErrorState title="Could not read this environment" reason={asProblem(read.error).detail} onRetry={() => void read.refetch()} />
        : read.data && !read.isFetching ? <EnvironmentForm path={path} before={read.data.data} etag={read.data.etag} onDone={done} /> : editing ? <div className="grid gap-4"><Skeleton className="h-14" /><Skeleton className="h-14" /><Skeleton className="h-8" /></div> : null}
    </Dialog>
  );
}

function EnvironmentForm({ path, before, etag, onDone }: { path: string; before: EnvironmentDto | null; etag: string | null; onDone: () => void }) {
  const form = useForm({ resolver: zodResolver(formSchema), defaultValues: { name: before?.slug ?? "", displayName: before?.displayName ?? "", requiresApproval: before?.requiresApproval ?? false, overBudget: before?.overBudget ?? "ask", sleep: String(before?.sleepAfterMinutes ?? ""), expire: String(before?.expireAfterDays ?? ""), budget: before?.monthlyBudgetUsd?.toString() ?? "", target: before?.target ?? ANY } satisfies Values });
  const targets = useQuery({ queryKey: keys.targets, queryFn: ({ signal }) => fetchAllPages<TargetDto>("/api/v1/targets", signal) });
  const budget = useWatch({ control: form.control, name: "budget" });
  const { problem, attempt } = useProblem(form.setError, ["name", "displayName"]);
  const { errors } = form.formState;
  const submit = form.handleSubmit((v) => attempt(async () => {
    const body = { sleepAfterMinutes: v.sleep === "" ? null : Number(v.sleep), expireAfterDays: v.expire === "" ? null : Number(v.expire), requiresApproval: v.requiresApproval, overBudget: v.overBudget, monthlyBudgetUsd: v.budget === "" ? null : Number(v.budget), target: v.target === ANY ? null : v.target, ...(v.displayName ? { displayName: v.displayName } : {}) };
    if (before) await fetchJson(`${path}/${before.slug}`, { method: "PATCH", body, ifMatch: etag });
    else await fetchJson(path, { body: { ...body, name: v.name } });
    toast.success(before ? "Environment saved" : `Environment ${v.name} created`);
    onDone();
  }));
  return (
    <form id="environment" onSubmit={(e) => void submit(e)} noValidate aria-busy={form.formState.isSubmitting || undefined} className="grid gap-4">
      {before ? null : <Field label="Name" hint="Part of addresses; it stays as it is." error={sentence(errors.name?.message)} required><Input {...form.register("name")} mono maxLength={40} placeholder="prod" autoComplete="off" autoCapitalize="none" spellCheck={false} /></Field>}
      <Field label="Display name" optional={!before} error={sentence(errors.displayName?.message)}><Input {...form.register("displayName")} maxLength={80} autoComplete="off" placeholder={before ? undefined : "Production"} /></Field>
      <Controller control={form.control} name="target" render={({ field }) => <Field label="Target" hint="Where its deployments go."><Select value={field.value} onValueChange={field.onChange} options={[{ value: ANY, label: "Whichever one asks for" }, ...(targets.data ?? []).map((t) => ({ value: t.slug, label: t.name }))]} /></Field>} />
      <Field label="Monthly budget" optional hint="Empty: no budget." error={sentence(errors.budget?.message)}><Input {...form.register("budget")} inputMode="decimal" autoComplete="off" after="USD/mo" className="tabular" /></Field>
      {budget === "" ? null : <Controller control={form.control} name="overBudget" render={({ field }) => <Field label="A deployment that would go over it" hint="Held against what was spent this month and what runs until it ends."><Select value={field.value} onValueChange={field.onChange} options={OVER_BUDGET.map((value) => ({ value, label: OVER_BUDGET_WORDS[value] }))} /></Field>} />}
      <Controller control={form.control} name="requiresApproval" render={({ field }) => <Checkbox checked={field.value} onCheckedChange={field.onChange} label="Deployments wait for approval" hint="A platform person or an owner says yes to each." />} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Sleeps after" optional hint="Without a request; the next one wakes it. A cluster needs KEDA, Prometheus and a gateway that counts requests." error={sentence(errors.sleep?.message)}><Input {...form.register("sleep")} inputMode="numeric" autoComplete="off" after="minutes" className="tabular" /></Field>
        <Field label="Deleted after" optional hint="Counted from its newest revision. A day before, it says so." error={sentence(errors.expire?.message)}><Input {...form.register("expire")} inputMode="numeric" autoComplete="off" after="days" className="tabular" /></Field>
      </div>
      <ProblemNotice problem={problem} />
    </form>
  );
}
