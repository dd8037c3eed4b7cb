"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import type { z } from "zod";
import { waits, waitsWords } from "@/components/approvals/waits";
import { ImageFields } from "@/components/deploy/image-fields";
import { zeroWords } from "@/components/deploy/zero-words";
import { VariableRows, type Variable } from "@/components/deploy/variable-rows";
import { variablesOf } from "@/components/deploy/variables-of";
import { PlanDisclosure } from "@/components/deployments/revisions/change-plan";
import { DEFAULT_ROLLOUT, rolloutBody } from "@/components/deployments/revisions/rollout";
import { RolloutFields } from "@/components/deployments/revisions/rollout-fields";
import { ProblemNotice } from "@/components/form/problem-notice";
import { sentence } from "@/components/form/sentence";
import { useProblem } from "@/components/form/use-problem";
import { useOffered } from "@/components/profiles/use-catalogue";
import { profileTitle } from "@/components/profiles/profile-words";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import { fetchAllPages } from "@/lib/api-client/fetch-all-pages";
import { ApiProblem, fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import { updateDeploymentSchema, type DeploymentDto } from "@/lib/deployments/schema";
import { formatMib } from "@/lib/format/bytes";
import { formatMoneyPerHour } from "@/lib/format/money";
import type { SecretDto } from "@/lib/secrets/schema";

type Values = z.input<typeof updateDeploymentSchema>;
type Props = { project: string; deployment: DeploymentDto; etag: string | undefined; changeable: boolean; /** The form begins anew. `lost`: because somebody else changed it; what of this form was not saved, in words. */ onReset: (lost: string[] | null) => void };
const FIELDS = ["scaling.min", "scaling.max", "scaling.targetConcurrency", "scaling.idleSecondsBeforeZero", "scaling", "profile", "queueLimit", "env", "secrets", "public", "image", "pullSecret"] as const;

const FIELD_WORDS = { scaling: "scaling", profile: "profile", queueLimit: "queue limit", public: "access", env: "environment variables", secrets: "secrets", image: "image", pullSecret: "login of the registry" } as const;
const MAKES_REVISION: Field[] = ["profile", "queueLimit", "env", "secrets", "image", "pullSecret"];
type Field = keyof typeof FIELD_WORDS;
/** The fields that say something else than the deployment does. */
const changedFields = (body: z.output<typeof updateDeploymentSchema>, d: DeploymentDto): Field[] => (Object.keys(FIELD_WORDS) as Field[]).filter((f) => body[f] !== undefined && JSON.stringify(body[f]) !== JSON.stringify(d[f]));

const rowsOf = (d: DeploymentDto): Variable[] => [
  ...Object.entries(d.env).map(([name, value]) => ({ id: `env-${name}`, kind: "value" as const, name, value })),
  ...Object.entries(d.secrets).map(([name, value]) => ({ id: `secret-${name}`, kind: "secret" as const, name, value })),
];

/** Checks with the schema of the API and sends it with the ETag of what was shown when the form was opened. */
export function SettingsForm({ project, deployment, etag, changeable, onReset }: Props) {
  const client = useQueryClient();
  const [opened] = useState({ deployment, etag });
  const [variables, setVariables] = useState(() => rowsOf(deployment));
  const catalogue = useOffered(opened.deployment.target);
  const secrets = useQuery({ queryKey: [...keys.secrets(project), "all"], enabled: changeable, queryFn: ({ signal }) => fetchAllPages<SecretDto>(`/api/v1/projects/${project}/secrets`, signal) });
  const d = opened.deployment;
  const form = useForm<Values, unknown, z.output<typeof updateDeploymentSchema>>({
    resolver: zodResolver(updateDeploymentSchema), disabled: !changeable,
    defaultValues: { scaling: d.scaling, profile: d.profile, queueLimit: d.queueLimit, public: d.public, env: d.env, secrets: d.secrets, image: d.image, pullSecret: d.pullSecret },
  });
  const [rollout, setRollout] = useState(DEFAULT_ROLLOUT);
  const [rolloutProblem, setRolloutProblem] = useState<string | null>(null);
  const mayCanary = d.status.stableRevision !== null && d.desiredState === "running";
  const { problem, attempt } = useProblem<Values>(form.setError, FIELDS);
  const { errors, isSubmitting } = form.formState;
  const values = useWatch({ control: form.control });
  const toZero = values.scaling?.min === 0;
  const offered = catalogue.data ?? [];
  const profile = offered.find((p) => p.slug === values.profile);
  const changeVariables = (next: Variable[]) => {
    setVariables(next);
    const { env, secrets: named } = variablesOf(next);
    form.setValue("env", env ?? {}, { shouldValidate: form.formState.isSubmitted });
    form.setValue("secrets", named ?? {}, { shouldValidate: form.formState.isSubmitted });
  };
  const submit = form.handleSubmit((all) => attempt(async () => {
    // Only what is different is sent: the record then says what was changed, and nothing of others is set back.
    const names = changedFields(all, d);
    if (names.length === 0) return void toast.success("Nothing was changed");
    const how = rolloutBody(mayCanary && names.some((f) => MAKES_REVISION.includes(f)) ? rollout : DEFAULT_ROLLOUT);
    setRolloutProblem("problem" in how ? how.problem : null);
    if ("problem" in how) return;
    const body = { ...Object.fromEntries(names.map((f) => [f, all[f]])), ...how.body };
    const queryKey = keys.deployment(project, d.slug);
    let said = "Settings saved";
    try {
      // A worker's progress leaves the ETag alone: only somebody's change makes it another one.
      const answer = await fetchJson(`/api/v1/projects/${project}/deployments/${d.slug}`, { method: "PATCH", body, ifMatch: opened.etag });
      said = waits(answer) ? waitsWords(d.slug) : said;
    } catch (cause) {
      if (!(cause instanceof ApiProblem) || cause.status !== 412) throw cause;
      await client.invalidateQueries({ queryKey });
      return onReset(names.map((f) => FIELD_WORDS[f]));
    }
    await client.invalidateQueries({ queryKey });
    toast.success(said);
    onReset(null);
  }));
  const draft = updateDeploymentSchema.safeParse(values);
  const draftNames = draft.success ? changedFields(draft.data, d) : [];
  const changed = etag !== undefined && etag !== opened.etag;
  const number = { valueAsNumber: true } as const;
  return (
    <form onSubmit={(e) => void submit(e)} noValidate className="grid gap-4">
      <Panel title="Scaling" description="Takes effect at once">
        <div className="grid items-start gap-4 sm:grid-cols-3">
          <Field label="Fewest replicas" error={sentence(errors.scaling?.min?.message)}><Input type="number" inputMode="numeric" min={0} max={200} {...form.register("scaling.min", number)} /></Field>
          <Field label="Most replicas" error={sentence(errors.scaling?.max?.message ?? errors.scaling?.message)}><Input type="number" inputMode="numeric" min={1} max={200} {...form.register("scaling.max", number)} /></Field>
          <Field label="Target concurrency" hint="Requests in flight or queued a replica; above it one is added" error={sentence(errors.scaling?.targetConcurrency?.message)}><Input type="number" inputMode="numeric" min={1} max={1000} {...form.register("scaling.targetConcurrency", number)} /></Field>
          {toZero ? <Field label="Quiet time before zero" error={sentence(errors.scaling?.idleSecondsBeforeZero?.message)}><Input type="number" inputMode="numeric" min={5} max={86_400} after="s" {...form.register("scaling.idleSecondsBeforeZero", number)} /></Field> : null}
        </div>
        <p className="mt-3 text-sm text-ink-muted">{toZero ? zeroWords(Number(values.scaling?.idleSecondsBeforeZero), d.status.lastStart ? { seconds: d.status.lastStart.seconds, deployment: d.slug } : null) : "With 0 as the fewest no replica runs while no request comes."}</p>
      </Panel>
      <Panel title="Replica" description="Makes a new revision, which takes over once it is ready">
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Field label="Profile" error={sentence(errors.profile?.message)} hint={profile ? `${formatMib(profile.memoryMib)}, ${formatMoneyPerHour(profile.price?.value)} a replica` : undefined}>
            <Select disabled={!changeable} value={values.profile ?? d.profile} onValueChange={(v) => form.setValue("profile", v, { shouldValidate: true })} options={offered.length > 0 ? offered.map((p) => ({ value: p.slug, label: profileTitle(p), hint: formatMoneyPerHour(p.price?.value) })) : [{ value: d.profile, label: d.profile }]} />
          </Field>
          <Field label="Queue limit" hint="Requests one replica queues before it answers 503" error={sentence(errors.queueLimit?.message)}><Input type="number" inputMode="numeric" min={1} max={10_000} {...form.register("queueLimit", number)} /></Field>
        </div>
      </Panel>
      {d.targetKind === "local" ? null : (
        <Panel title="Image" description="Of your own, in place of the runtime's. Makes a new revision">
          <ImageFields project={project} disabled={!changeable} secrets={(secrets.data ?? []).map((s) => s.name)} value={{ image: values.image ?? "", pullSecret: values.pullSecret ?? "" }} error={sentence(errors.image?.message ?? errors.pullSecret?.message)}
            onChange={(next) => { form.setValue("image", next.image.trim() || null); form.setValue("pullSecret", next.pullSecret || null); }} />
        </Panel>
      )}
      <fieldset disabled={!changeable} className="min-w-0"><legend className="sr-only">Variables</legend>
        <VariableRows project={project} variables={variables} onChange={changeVariables} secrets={[...new Set([...(secrets.data ?? []).map((s) => s.name), ...Object.values(d.secrets)])]} refused={Boolean(errors.env ?? errors.secrets)} says={messageOf(errors.env) ?? messageOf(errors.secrets)} />
      </fieldset>
      {changeable && mayCanary ? <Panel title="Rollout" description="Of a new revision: a change of profile, queue limit or variables makes one"><RolloutFields value={rollout} onChange={(next) => { setRollout(next); setRolloutProblem(null); }} problem={rolloutProblem} /></Panel> : null}
      <Panel title="Access">
        <div className="grid gap-3">
          <Switch disabled={!changeable} checked={values.public ?? false} onCheckedChange={(on) => form.setValue("public", on, { shouldDirty: true })} label="Public endpoint" hint="Off: every request needs a token with the predict scope." />
          {values.public ? <Notice state="warning" title="Anybody who can reach this address can send requests">They cost what any request costs, and the model answers whoever asks.</Notice> : null}
        </div>
      </Panel>
      {changeable ? (
        <div className="grid gap-3">
          {changed ? <Notice title="It was changed since this form was opened" actions={<Button size="sm" onClick={() => onReset(null)}>Load the newest</Button>}>Saving now is refused; load the newest first.</Notice> : null}
          {draft.success && draftNames.length > 0 ? <PlanDisclosure project={project} slug={d.slug} change={{ update: Object.fromEntries(draftNames.map((f) => [f, draft.data[f]])) }} /> : null}
          <ProblemNotice problem={problem} />
          <div className="flex justify-end gap-2"><Button onClick={() => onReset(null)} disabled={isSubmitting}>Discard changes</Button><Button type="submit" variant="primary" loading={isSubmitting}>Save settings</Button></div>
        </div>
      ) : null}
    </form>
  );
}

const messageOf = (error: unknown): string | undefined => (typeof error === "object" && error !== null && "message" in error && typeof error.message === "string" ? error.message : undefined);
