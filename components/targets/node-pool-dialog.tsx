"use client";
import { useState } from "react";
import { ObjectDiffs } from "@/components/deployments/revisions/object-diffs";
import { ProblemNotice } from "@/components/form/problem-notice";
import { useProblem } from "@/components/form/use-problem";
import { profileTitle } from "@/components/profiles/profile-words";
import { useOffered } from "@/components/profiles/use-catalogue";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Combobox } from "@/components/ui/combobox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import { fetchJson, LIMIT_MS } from "@/lib/api-client/fetch-json";
import { formatMoneyPerHour } from "@/lib/format/money";
import type { NodePoolDto, PlannedNodePoolsDto } from "@/lib/targets-catalogue/node-pools";
import type { TargetDetailDto } from "@/lib/targets-catalogue/schema";

type Props = { target: TargetDetailDto; open: boolean; onOpenChange: (open: boolean) => void; onApplied: (pools: NodePoolDto[]) => void };

/** A node pool for a profile: first what it would be, then its application. */
export function NodePoolDialog({ open, onOpenChange, ...props }: Props) {
  return <Dialog open={open} onOpenChange={onOpenChange} size="lg" title="New node pool" description="The machines that replicas of a profile may have made. Nothing is applied before you have seen it.">{open ? <Form {...props} onDone={() => onOpenChange(false)} /> : null}</Dialog>;
}

function Form({ target, onApplied, onDone }: Omit<Props, "open" | "onOpenChange"> & { onDone: () => void }) {
  const offered = (useOffered(target.slug).data ?? []).filter((p) => p.instanceType !== null);
  const cluster = target.connection?.clusterName ?? "";
  const [profile, setProfile] = useState<string | undefined>(undefined);
  const [f, setF] = useState({ cpu: "64", memoryGib: "256", accelerators: "8", nodeRole: cluster ? `KarpenterNodeRole-${cluster}` : "", discovery: cluster, imageGib: "" });
  const [plan, setPlan] = useState<PlannedNodePoolsDto | null>(null);
  const [pending, setPending] = useState(false);
  const { problem, attempt } = useProblem(() => undefined, []);
  const chosen = offered.find((p) => p.slug === profile);
  const body = { profile, limits: { cpu: Number(f.cpu), memoryGib: Number(f.memoryGib), accelerators: chosen?.accelerator ? Number(f.accelerators) : 0 }, nodeRole: f.nodeRole.trim(), discovery: f.discovery.trim(), imageGib: f.imageGib.trim() === "" ? null : Number(f.imageGib) };
  const path = `/api/v1/targets/${target.slug}/node-pools`;
  const send = (apply: boolean) => attempt(async () => {
    setPending(true);
    try {
      if (!apply) return setPlan(await fetchJson<PlannedNodePoolsDto>(`${path}/plan`, { body, limitMs: LIMIT_MS.elsewhere }));
      onApplied((await fetchJson<{ items: NodePoolDto[] }>(path, { body, limitMs: LIMIT_MS.elsewhere })).items);
      toast.success("The node pool is applied");
      onDone();
    } finally {
      setPending(false);
    }
  });
  const field = (key: keyof typeof f) => ({ value: f[key], onChange: (e: { target: { value: string } }) => { setF({ ...f, [key]: e.target.value }); setPlan(null); }, autoComplete: "off", spellCheck: false });
  const refused = plan?.objects.some((o) => o.action === "refused") ?? false;
  return (
    <form className="grid gap-4" noValidate onSubmit={(e) => { e.preventDefault(); void send(plan !== null); }}>
      <Field label="Profile" hint={chosen ? `${chosen.instanceType}, ${chosen.capacityType}, ${formatMoneyPerHour(chosen.price?.value)} a machine` : "Instance type and capacity type are the profile's"}>
        <Combobox value={profile} onValueChange={(v) => { setProfile(v); setPlan(null); }} options={offered.map((p) => ({ value: p.slug, label: profileTitle(p), hint: formatMoneyPerHour(p.price?.value) }))} placeholder="Choose a profile" />
      </Field>
      <div className="grid items-start gap-3 sm:grid-cols-3">
        <Field label="Most cores"><Input {...field("cpu")} inputMode="numeric" /></Field>
        <Field label="Most memory"><Input {...field("memoryGib")} inputMode="numeric" after="GiB" /></Field>
        {chosen?.accelerator ? <Field label="Most accelerators"><Input {...field("accelerators")} inputMode="numeric" /></Field> : null}
      </div>
      <div className="grid items-start gap-3 sm:grid-cols-3">
        <Field label="IAM role of the machines" className="sm:col-span-2"><Input {...field("nodeRole")} mono placeholder="KarpenterNodeRole-prod" /></Field>
        <Field label="Discovery tag" hint="karpenter.sh/discovery"><Input {...field("discovery")} mono placeholder="prod" /></Field>
        <Field label="Image" optional hint="The volume is sized from it; unknown: 40 GiB"><Input {...field("imageGib")} inputMode="decimal" after="GiB" /></Field>
      </div>
      {plan ? <PlanView plan={plan} /> : null}
      <ProblemNotice problem={problem} />
      {refused ? <Notice state="failed" title="The cluster would refuse it, so it cannot be applied" /> : null}
      <div className="flex justify-end gap-2"><Button onClick={onDone}>Cancel</Button><Button type="submit" variant="primary" loading={pending} disabled={profile === undefined || refused}>{plan ? "Apply to the cluster" : "Show what it would be"}</Button></div>
    </form>
  );
}

function PlanView({ plan }: { plan: PlannedNodePoolsDto }) {
  return (
    <div className="grid gap-4">
      <section className="grid gap-1.5">
        <h3 className="text-sm font-medium">What it does</h3>
        <dl className="grid divide-y divide-line rounded-md border border-line text-sm">
          {plan.explained.map((e) => (
            <div key={`${e.object} ${e.field}`} className="grid gap-x-4 gap-y-0.5 px-3 py-2 sm:grid-cols-[9rem_minmax(0,1fr)]">
              <dt className="text-ink-muted">{e.field}</dt>
              <dd className="grid gap-0.5"><span className="break-all font-mono text-ink">{e.value}</span><span className="text-ink-muted">{e.why}</span></dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="grid gap-1.5"><h3 className="text-sm font-medium">On the cluster</h3><ObjectDiffs objects={plan.objects} /></section>
      <CodeBlock title="What is applied" code={plan.yaml} maxHeight="max-h-72" />
    </div>
  );
}
