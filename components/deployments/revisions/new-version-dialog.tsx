"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { waits, waitsWords } from "@/components/approvals/waits";
import { whyNotDeployable } from "@/components/deploy/why-not-deployable";
import { fitLook } from "@/components/profiles/fit-look";
import { asProblem } from "@/components/form/as-problem";
import { useVersions } from "@/components/models/use-versions";
import { PlanDisclosure } from "@/components/deployments/revisions/change-plan";
import { DEFAULT_ROLLOUT, rolloutBody } from "@/components/deployments/revisions/rollout";
import { RolloutFields } from "@/components/deployments/revisions/rollout-fields";
import { useOffered, useFits } from "@/components/profiles/use-catalogue";
import { profileTitle } from "@/components/profiles/profile-words";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { Status } from "@/components/ui/status";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { DeploymentDto } from "@/lib/deployments/schema";
import { formatMib } from "@/lib/format/bytes";
import { formatMoneyPerHour } from "@/lib/format/money";

type Props = { project: string; deployment: DeploymentDto; etag: string | undefined; open: boolean; onOpenChange: (open: boolean) => void };

/** Another version or profile for a running deployment: at once as a rolling change, or first for a share of the traffic. */
export function NewVersionDialog({ open, onOpenChange, ...props }: Props) {
  return <Dialog open={open} onOpenChange={onOpenChange} title="New revision" description="It takes over once it is ready; no request is refused meanwhile.">{open ? <Form {...props} onDone={() => onOpenChange(false)} /> : null}</Dialog>;
}

function Form({ project, deployment, etag, onDone }: Omit<Props, "open" | "onOpenChange"> & { onDone: () => void }) {
  const client = useQueryClient();
  const versions = useVersions(project, deployment.model);
  const catalogue = useOffered(deployment.target);
  const [picked, setPicked] = useState<number | null>(null);
  const [profileSlug, setProfileSlug] = useState(deployment.profile);
  const [rollout, setRollout] = useState(DEFAULT_ROLLOUT);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const version = picked ?? versions.items.find((v) => v.version > deployment.version && whyNotDeployable(v, deployment.targetKind) === null)?.version ?? deployment.version;
  const fits = useFits({ project, model: deployment.model, version });
  const chosen = versions.items.find((v) => v.version === version);
  const blocked = chosen ? whyNotDeployable(chosen, deployment.targetKind) : null;
  const offered = catalogue.data ?? [];
  const profile = offered.find((p) => p.slug === profileSlug);
  const before = offered.find((p) => p.slug === deployment.profile);
  const fit = fits.data?.get(profileSlug);
  const same = version === deployment.version && profileSlug === deployment.profile;
  const mayCanary = deployment.status.stableRevision !== null && deployment.desiredState === "running";
  const submit = async () => {
    const how = rolloutBody(mayCanary ? rollout : DEFAULT_ROLLOUT);
    setProblem("problem" in how ? how.problem : null);
    if ("problem" in how) return;
    setPending(true);
    setRefused(null);
    try {
      const answer = await fetchJson(`/api/v1/projects/${project}/deployments/${deployment.slug}`, { method: "PATCH", ifMatch: etag, body: { version, profile: profileSlug, ...how.body } });
      toast.success(waits(answer) ? waitsWords(deployment.slug) : "canary" in how.body || "canaryWeight" in how.body ? `Version ${version} starts as a canary` : `Version ${version} is deploying`);
      void client.invalidateQueries({ queryKey: keys.deployment(project, deployment.slug) });
      onDone();
    } catch (cause) {
      const problem = asProblem(cause);
      if (problem.status === 412) await client.invalidateQueries({ queryKey: keys.deployment(project, deployment.slug) });
      setRefused(problem.status === 412 ? "Somebody changed this deployment; the newest is loaded. Look again, then deploy." : problem.detail);
    } finally {
      setPending(false);
    }
  };
  return (
    <form className="grid gap-4" onSubmit={(e) => { e.preventDefault(); void submit(); }}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Version"><Select value={String(version)} onValueChange={(v) => setPicked(Number(v))} options={versions.items.map((v) => ({ value: String(v.version), label: `Version ${v.version}`, hint: v.version === deployment.version ? "now" : v.state === "accepted" ? undefined : v.state }))} /></Field>
        <Field label="Profile"><Select value={profileSlug} onValueChange={setProfileSlug} options={offered.map((p) => ({ value: p.slug, label: profileTitle(p), hint: formatMoneyPerHour(p.price?.value) }))} /></Field>
      </div>
      {profile ? (
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-ink-muted" aria-live="polite">
          {fit ? <Status state={fitLook(fit.verdict).state} size="sm">{fitLook(fit.verdict).word}</Status> : null}
          <span className="figure">{before && before !== profile ? `${formatMib(before.memoryMib)} → ` : ""}{formatMib(profile.memoryMib)}</span>
          <span className="figure">{before && before !== profile ? `${formatMoneyPerHour(before.price?.value)} → ` : ""}{formatMoneyPerHour(profile.price?.value)} a replica</span>
        </p>
      ) : null}
      {mayCanary ? <RolloutFields value={rollout} onChange={(next) => { setRollout(next); setProblem(null); }} problem={problem} /> : null}
      {same || blocked !== null ? null : <PlanDisclosure project={project} slug={deployment.slug} change={{ update: { version, profile: profileSlug } }} />}
      {blocked ? <Notice state="warning" title={blocked} /> : null}
      {fit?.verdict === "does_not_fit" ? <Notice state="failed" title="It does not fit this profile">{fit.decidedBy}</Notice> : null}
      {refused ? <Notice state="failed" title={refused} /> : null}
      <div className="flex justify-end gap-2"><Button onClick={onDone}>Cancel</Button><Button type="submit" variant="primary" loading={pending} disabled={same || blocked !== null || fit?.verdict === "does_not_fit"}>Deploy version {version}</Button></div>
    </form>
  );
}
