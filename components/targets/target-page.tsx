"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { asProblem } from "@/components/form/as-problem";
import { PROVIDER_WORDS } from "@/components/targets/provider-words";
import { GrafanaPanel } from "@/components/targets/grafana-panel";
import { TargetCheck } from "@/components/targets/target-check";
import { CostSourcePanel } from "@/components/targets/cost-source-panel";
import { MetricsSourcePanel } from "@/components/targets/metrics-source-panel";
import { NodePoolsPanel } from "@/components/targets/node-pools-panel";
import { TargetSettingsForm } from "@/components/targets/target-settings-form";
import { StaleQuery } from "@/components/query/stale-query";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ErrorState } from "@/components/ui/error-state";
import { KeyValueList } from "@/components/ui/key-value-list";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { SkeletonText } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { fetchJson, fetchWithEtag } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { TargetDetailDto } from "@/lib/targets-catalogue/schema";

/** One target: what it has and lacks, how it is reached, its settings. */
export function TargetPage({ slug, mayManage }: { slug: string; mayManage: boolean }) {
  const router = useRouter();
  const client = useQueryClient();
  const [leaving, setLeaving] = useState(false);
  const path = `/api/v1/targets/${slug}`;
  const target = useQuery({ queryKey: [...keys.targets, slug, "detail"], queryFn: ({ signal }) => fetchWithEtag<TargetDetailDto>(path, { signal }) });
  if (target.isError && !target.data) return <ErrorState title="Could not read this target" reason={asProblem(target.error).detail} onRetry={() => void target.refetch()} />;
  if (!target.data) return <div className="panel p-4" role="status" aria-label="Loading"><SkeletonText lines={8} /></div>;
  const { data: t, etag } = target.data;
  const local = t.kind === "local";
  const disconnect = async () => {
    await fetchJson(path, { method: "DELETE" });
    toast.success(`${t.name} is disconnected`);
    router.push("/app/targets");
    await client.invalidateQueries({ queryKey: keys.targets, exact: true });
  };
  return (
    <>
      <PageHeader title={t.name} meta={<span>{PROVIDER_WORDS[t.provider]}{t.region ? ` · ${t.region}` : ""} · {t.deployments} {t.deployments === 1 ? "deployment" : "deployments"}</span>}
        actions={mayManage && !local ? <Button onClick={() => setLeaving(true)}>Disconnect</Button> : null} />
      <StaleQuery query={target} />
      <div className={local || !mayManage ? "grid gap-4" : "grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem]"}>
        <div className="grid min-w-0 gap-4">
          <TargetCheck target={slug} local={local} />
          {mayManage && !local ? <NodePoolsPanel target={t} /> : null}
          <MetricsSourcePanel target={slug} mayManage={mayManage && !local} />
          <CostSourcePanel target={slug} local={local} mayManage={mayManage && !local} />
          {local ? null : <GrafanaPanel target={slug} mayManage={mayManage} />}
        </div>
        {mayManage && !local ? (
          <div className="grid min-w-0 gap-4">
            {t.connection ? <Panel title="How it is reached"><ConnectionFacts c={t.connection} /></Panel> : null}
            {t.settings && t.detected ? <TargetSettingsForm key={etag} path={path} etag={etag} settings={t.settings} detected={t.detected} provider={t.provider} onSaved={() => { void client.invalidateQueries({ queryKey: keys.targets }); void client.invalidateQueries({ queryKey: keys.profiles }); }} /> : null}
          </div>
        ) : null}
      </div>
      <ConfirmDialog open={leaving} onOpenChange={setLeaving} title={`Disconnect ${t.name}?`} confirmLabel="Disconnect cluster" onConfirm={disconnect}>Slipway forgets the cluster and its credentials. Nothing on the cluster is touched.</ConfirmDialog>
    </>
  );
}

const CREDENTIAL_WORDS = { token: "Token", "client-certificate": "Client certificate", "service-account": "Service account of Slipway's pod", aws: "AWS identity" } as const;

function ConnectionFacts({ c }: { c: NonNullable<TargetDetailDto["connection"]> }) {
  return (
    <KeyValueList items={[
      ...(c.server ? [{ label: "API server", value: <span className="wrap-anywhere">{c.server}</span>, mono: true }] : []),
      ...(c.context ? [{ label: "Context", value: c.context, mono: true }] : []),
      ...(c.type === "eks" ? [{ label: "Cluster", value: c.clusterName, mono: true }, { label: "Account", value: c.accountId, mono: true }] : []),
      ...(c.roleArn ? [{ label: "Role", value: <span className="wrap-anywhere">{c.roleArn}</span>, mono: true }] : []),
      { label: "Signs in by", value: `${CREDENTIAL_WORDS[c.credential]}${c.user ? ` of ${c.user}` : ""}` },
      ...(c.type === "kubeconfig" ? [{ label: "Good until", value: c.credentialExpiresAt?.slice(0, 10) ?? "it does not say" }] : []),
      { label: "Mark of its objects", value: c.instance, mono: true },
    ]} />
  );
}
