"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useMemo, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import type { z } from "zod";
import { useBudgetCheck } from "@/components/approvals/use-budget-check";
import { WAITS_HREF, waits, waitsWords } from "@/components/approvals/waits";
import { chooseProfile } from "@/components/deploy/choose-defaults";
import { DeploySummary } from "@/components/deploy/deploy-summary";
import type { WizardProps } from "@/components/deploy/deploy-wizard";
import { ImageFields } from "@/components/deploy/image-fields";
import { ProfileChoice } from "@/components/deploy/profile-choice";
import { ScalingFields } from "@/components/deploy/scaling-fields";
import { FIRST_TRAFFIC, type Traffic } from "@/components/deploy/traffic";
import { AccountLimits } from "@/components/deploy/account-limits";
import { ProfileComparison } from "@/components/deploy/profile-comparison";
import { TrafficPanel } from "@/components/deploy/traffic-panel";
import { useForecast, useMeasuredSeconds, useMeasuredStart } from "@/components/deploy/use-forecast";
import type { DeployOptions } from "@/components/deploy/use-deploy-options";
import { VariableRows, type Variable } from "@/components/deploy/variable-rows";
import { variablesOf } from "@/components/deploy/variables-of";
import { whyNotDeployable } from "@/components/deploy/why-not-deployable";
import { sentence } from "@/components/form/sentence";
import { useProblem } from "@/components/form/use-problem";
import { useFits } from "@/components/profiles/use-catalogue";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { ApiProblem, fetchJson } from "@/lib/api-client/fetch-json";
import { deploymentHref } from "@/lib/api-client/hrefs";
import { keys } from "@/lib/api-client/query-keys";
import type { ApprovalDto } from "@/lib/approvals/schema";
import { offers } from "@/lib/profiles/offers";
import { createDeploymentSchema, DEFAULT_IDLE_SECONDS, type DeploymentDto } from "@/lib/deployments/schema";
import { fitLook } from "@/components/profiles/fit-look";

type Values = z.input<typeof createDeploymentSchema>;
const FIELDS = ["name", "version", "target", "profile", "environment", "scaling", "scaling.min", "scaling.max", "scaling.idleSecondsBeforeZero", "runtime", "env", "secrets", "image", "pullSecret"] as const;

/** The wizard's one form. It checks with the schema of the API, and what the API refuses comes back to its fields. */
export function DeployForm({ project, model, version, profile: wish, name, options }: WizardProps & { version: number; options: DeployOptions }) {
  const router = useRouter();
  const client = useQueryClient();
  const [idempotencyKey, setIdempotencyKey] = useState(() => crypto.randomUUID());
  const [variables, setVariables] = useState<Variable[]>([]);
  const [declared, setDeclared] = useState<Traffic | null>(null);
  const [leaving, setLeaving] = useState(false);
  const form = useForm<Values, unknown, z.output<typeof createDeploymentSchema>>({
    resolver: zodResolver(createDeploymentSchema),
    defaultValues: { name, model: model.slug, version, target: (options.environments.find((e) => e.slug === "dev") ?? options.environments[0])?.target ?? options.targets.find((t) => t.kind === "local")?.slug ?? options.targets[0]?.slug ?? "", profile: "", environment: options.environments.find((e) => e.slug === "dev")?.slug ?? options.environments[0]?.slug ?? "dev", scaling: { min: 1, max: 1, idleSecondsBeforeZero: DEFAULT_IDLE_SECONDS } },
  });
  const { problem, attempt } = useProblem<Values>(form.setError, FIELDS);
  const { errors, isSubmitting } = form.formState;
  const values = useWatch({ control: form.control });
  const target = options.targets.find((t) => t.slug === values.target);
  const local = target?.kind === "local";
  const offered = useMemo(() => (target ? options.profiles.filter((p) => offers(target, p)) : []), [options.profiles, target]);
  const environment = options.environments.find((e) => e.slug === values.environment);
  const pinned = environment?.target != null;
  const chooseEnvironment = (slug: string) => {
    form.setValue("environment", slug);
    const goes = options.environments.find((e) => e.slug === slug)?.target;
    if (goes) form.setValue("target", goes);
  };
  const chosenVersion = options.versions.find((v) => v.version === Number(values.version));
  const fits = useFits({ project, model: model.slug, version: Number(values.version) });
  const profile = offered.find((p) => p.slug === values.profile);
  const fit = profile ? fits.data?.get(profile.slug) : undefined;
  const blocked = chosenVersion ? whyNotDeployable(chosenVersion, target?.kind ?? "local") : null;

  // A sensible profile once the fits are known, and again where the chosen one is not offered any more.
  const hasProfile = profile !== undefined;
  useEffect(() => {
    if (!hasProfile && fits.data) form.setValue("profile", chooseProfile(offered, fits.data, wish) ?? offered[0]?.slug ?? "");
  }, [hasProfile, fits.data, offered, wish, form]);

  const changeVariables = (next: Variable[]) => {
    setVariables(next);
    const { env, secrets } = variablesOf(next);
    form.setValue("env", env, { shouldValidate: form.formState.isSubmitted });
    form.setValue("secrets", secrets, { shouldValidate: form.formState.isSubmitted });
  };
  const submit = form.handleSubmit((body) => attempt(async () => {
    try {
      const answer = await fetchJson<DeploymentDto | { approval: ApprovalDto }>(`/api/v1/projects/${project}/deployments`, { body: local ? { ...body, image: undefined, pullSecret: undefined } : body, idempotencyKey });
      if (waits(answer)) {
        setLeaving(true);
        toast.success(waitsWords(body.name));
        return router.push(WAITS_HREF);
      }
    } catch (cause) {
      // A refusal is an answer to this key: the corrected form is another request.
      if (cause instanceof ApiProblem && cause.status >= 400 && cause.status < 500) setIdempotencyKey(crypto.randomUUID());
      if (cause instanceof ApiProblem && cause.code === "already_exists") return form.setError("name", { type: "server", message: cause.detail }, { shouldFocus: true });
      throw cause;
    }
    setLeaving(true);
    await client.invalidateQueries({ queryKey: keys.deployments(project) });
    toast.success(`${body.name} is deploying`);
    router.push(deploymentHref(project, body.name));
  }));
  const gate = useBudgetCheck({ project, environment: values.environment ?? "dev", profile: profile?.slug, min: Number(values.scaling?.min), max: Number(values.scaling?.max) });
  // Until something is declared, a model that already answers is forecast with its own measured time.
  const measured = useMeasuredSeconds(project, model.slug).data ?? null;
  const traffic = declared ?? { ...FIRST_TRAFFIC, seconds: measured?.seconds ?? FIRST_TRAFFIC.seconds };
  const isMeasured = measured !== null && traffic.seconds === measured.seconds;
  const scaling = { min: Number(values.scaling?.min), max: Number(values.scaling?.max), idleSecondsBeforeZero: Number(values.scaling?.idleSecondsBeforeZero) };
  const measuredStart = useMeasuredStart(project, model.slug, target?.slug).data ?? null;
  const forecast = useForecast({ project, target: target?.slug, profile: profile?.slug, scaling, startSeconds: measuredStart?.seconds ?? null, traffic, basis: isMeasured ? "measured" : "assumed" });
  const text = (path: "name" | "version" | "target" | "profile" | "environment") => sentence(errors[path]?.message);

  return (
    <form onSubmit={(e) => void submit(e)} noValidate className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_21rem]">
      <div className="grid min-w-0 gap-4">
        <Panel title="What and where">
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <Field label="Name" required error={text("name")} hint="Part of its address"><Input mono maxLength={40} autoComplete="off" autoCapitalize="none" spellCheck={false} {...form.register("name")} /></Field>
            <Field label="Version" error={text("version")}><Select value={String(values.version)} onValueChange={(v) => form.setValue("version", Number(v))} options={options.versions.map((v) => ({ value: String(v.version), label: `Version ${v.version}`, hint: v.state === "accepted" ? undefined : v.state }))} /></Field>
            <Field label="Target" error={text("target")} hint={options.targets.length === 1 ? "Clusters are connected by a platform person" : pinned ? `Where ${environment?.displayName} goes` : undefined}><Select disabled={pinned} value={values.target} onValueChange={(v) => form.setValue("target", v)} options={options.targets.map((t) => ({ value: t.slug, label: t.name }))} /></Field>
            <Field label="Environment" error={text("environment")}><Select value={values.environment} onValueChange={chooseEnvironment} options={options.environments.map((e) => ({ value: e.slug, label: e.displayName }))} /></Field>
          </div>
          {blocked ? <Notice state="warning" title={blocked} className="mt-4" /> : null}
        </Panel>
        <Panel title="Profile" description="What one replica gets, what it costs, and whether the model fits">
          <ProfileChoice profiles={offered} others={options.profiles.filter((p) => !offered.includes(p))} local={local} clusters={options.targets.filter((t) => t.kind !== "local").map((t) => t.name)} fits={fits.data ?? null} fitsFailed={fits.isError} value={values.profile} onChange={(slug) => form.setValue("profile", slug, { shouldValidate: true })} error={text("profile")}
            catalogueHref={`/app/profiles?${new URLSearchParams({ project, model: model.slug, version: String(values.version) })}`} />
          {profile?.targetKind === "aws" ? <AccountLimits target={target} profile={profile} replicas={scaling.max || 1} /> : null}
        </Panel>
        <Panel title="Scaling"><ScalingFields register={form.register} errors={errors} onSteps={(min, max) => { form.setValue("scaling.min", min, { shouldValidate: true }); form.setValue("scaling.max", max, { shouldValidate: true }); }} min={Number(values.scaling?.min)} max={Number(values.scaling?.max)} idleSeconds={scaling.idleSecondsBeforeZero} measuredStart={measuredStart} onCluster={target !== undefined && !local} /></Panel>
        <TrafficPanel traffic={traffic} onChange={setDeclared} measured={measured} isMeasured={isMeasured} profile={profile ?? null} replicas={scaling.max || 1} forecast={forecast.data?.forecast} verdict={forecast.data?.spotVerdict} failed={forecast.isError ? sentence(forecast.error.message) ?? "" : null} />
        {chosenVersion ? <ProfileComparison project={project} model={model.slug} version={Number(values.version)} target={values.target} profiles={offered} scaling={scaling} startSeconds={measuredStart?.seconds ?? null} traffic={traffic} chosen={profile?.slug} onChoose={(slug) => form.setValue("profile", slug, { shouldValidate: true })} /> : null}
        {local || target === undefined ? null : (
          <Panel title="Image" description="Of your own, in place of the runtime's">
            <ImageFields project={project} secrets={options.secrets.map((s) => s.name)} value={{ image: values.image ?? "", pullSecret: values.pullSecret ?? "" }} error={sentence(errors.image?.message ?? errors.pullSecret?.message)}
              onChange={(next) => { form.setValue("image", next.image.trim() || undefined, { shouldValidate: form.formState.isSubmitted }); form.setValue("pullSecret", next.pullSecret || undefined); }} />
          </Panel>
        )}
        <VariableRows project={project} variables={variables} onChange={changeVariables} secrets={options.secrets.map((s) => s.name)} refused={Boolean(errors.env ?? errors.secrets)} says={messageOf(errors.env) ?? messageOf(errors.secrets)} />
      </div>
      <DeploySummary name={values.name ?? ""} version={Number(values.version)} targetName={target?.name ?? "–"} profile={profile ?? null} fit={fit ? fitLook(fit.verdict) : null} scaling={scaling} forecast={forecast.data?.forecast ?? null}
        gate={gate.data} problem={problem} pending={isSubmitting || leaving} disabled={blocked !== null || !profile || gate.data?.decision === "block" || fit?.verdict === "does_not_fit"} why={blocked ? null : (fit?.verdict === "does_not_fit" ? fit.decidedBy : null)} />
    </form>
  );
}

const messageOf = (error: unknown): string | undefined => (typeof error === "object" && error !== null && "message" in error && typeof error.message === "string" ? error.message : undefined);
