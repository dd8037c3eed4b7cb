"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ProblemNotice } from "@/components/form/problem-notice";
import { useProblem } from "@/components/form/use-problem";
import { EksChoice } from "@/components/targets/eks-choice";
import { FirstCluster } from "@/components/targets/first-cluster";
import { KubeconfigChoice } from "@/components/targets/kubeconfig-choice";
import { targetHref } from "@/components/targets/provider-words";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { RadioCards } from "@/components/ui/radio-cards";
import { toast } from "@/components/ui/toast";
import { ApiProblem, fetchJson, LIMIT_MS } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import { slugSchema } from "@/lib/api/schema";
import type { Connection, TargetDetailDto } from "@/lib/targets-catalogue/schema";

type Way = Connection["type"];
export type Chosen = { connection: Connection; suggestedName: string };

/** From nothing to a connected cluster: how to reach it, which one, its name. The last step tries the connection before anything is kept. */
export function ConnectFlow() {
  const router = useRouter();
  const client = useQueryClient();
  const [way, setWay] = useState<Way>("kubeconfig");
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [nameError, setNameError] = useState<string | null>(null);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [pending, setPending] = useState(false);
  const { problem, attempt } = useProblem(() => undefined, []);
  const inCluster = useQuery({ queryKey: [...keys.targets, "in-cluster"], queryFn: ({ signal }) => fetchJson<{ available: boolean }>("/api/v1/target-discovery/in-cluster", { signal }) });
  const name = typed ?? chosen?.suggestedName ?? "";

  const choose = (next: Way) => {
    setWay(next);
    setChosen(next === "in-cluster" ? { connection: { type: "in-cluster" }, suggestedName: "cluster" } : null);
  };
  const connect = () => attempt(async () => {
    const checked = slugSchema.safeParse(name);
    if (!checked.success) return setNameError(`It ${checked.error.issues[0]?.message ?? "is not valid"}.`);
    setNameError(null);
    setPending(true);
    try {
      const made = await fetchJson<TargetDetailDto>("/api/v1/targets", { body: { name, connection: chosen?.connection }, idempotencyKey: key, limitMs: LIMIT_MS.elsewhere });
      await client.invalidateQueries({ queryKey: keys.targets });
      toast.success(`${made.name} is connected`);
      router.push(targetHref(made.slug));
    } catch (cause) {
      setPending(false);
      if (cause instanceof ApiProblem && cause.status >= 400 && cause.status < 500) setKey(crypto.randomUUID());
      if (cause instanceof ApiProblem && cause.code === "already_exists") return setNameError(cause.detail);
      throw cause;
    }
  });

  return (
    <>
      <PageHeader title="Connect a cluster" meta={<span>Any Kubernetes from 1.30, or EKS. What signs in is stored sealed and cannot be read again</span>} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid min-w-0 gap-4">
          <Panel title="1. How to reach it">
            <RadioCards aria-label="How to reach the cluster" columns={3} value={way} onValueChange={(v) => choose(v as Way)} options={[
              { value: "kubeconfig", title: "By kubeconfig", detail: "kind, minikube, or any cluster" },
              { value: "eks", title: "EKS", detail: "A cluster of the AWS account" },
              { value: "in-cluster", title: "This cluster", detail: inCluster.data?.available ? "The one Slipway runs in" : "Slipway does not run in a cluster here", disabled: !inCluster.data?.available },
            ]} />
          </Panel>
          {way === "in-cluster" ? null : <Panel title="2. Which one">{way === "eks" ? <EksChoice onChange={setChosen} /> : <KubeconfigChoice onChange={setChosen} />}</Panel>}
          <Panel title={way === "in-cluster" ? "2. Its name here" : "3. Its name here"}>
            <div className="grid gap-4">
              <Field label="Name" hint="Part of addresses; it stays as it is." error={nameError} required><Input mono maxLength={40} value={name} onChange={(e) => setTyped(e.target.value)} autoComplete="off" autoCapitalize="none" spellCheck={false} placeholder="prod-eu" /></Field>
              <ProblemNotice problem={problem} />
              <div className="flex items-center gap-3"><Button variant="primary" onClick={() => void connect()} loading={pending} disabled={!chosen || name === ""}>Try and connect</Button>{chosen ? null : <span className="text-sm text-ink-muted">Choose a cluster first.</span>}</div>
            </div>
          </Panel>
        </div>
        <FirstCluster />
      </div>
    </>
  );
}
