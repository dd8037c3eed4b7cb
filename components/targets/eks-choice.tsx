"use client";
import { useState } from "react";
import { asProblem } from "@/components/form/as-problem";
import type { Chosen } from "@/components/targets/connect-flow";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { RadioCards } from "@/components/ui/radio-cards";
import { fetchJson, LIMIT_MS } from "@/lib/api-client/fetch-json";
import type { EksCluster, EksRegion } from "@/lib/targets/eks/discover";

/** The account's clusters in the regions asked for; those that fail say why beside the others. */
export function EksChoice({ onChange }: { onChange: (chosen: Chosen | null) => void }) {
  const [regions, setRegions] = useState("us-east-1");
  const [roleArn, setRoleArn] = useState("");
  const [externalId, setExternalId] = useState("");
  const [found, setFound] = useState<EksRegion[] | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const [picked, setPicked] = useState<string>();
  const role = { ...(roleArn.trim() ? { roleArn: roleArn.trim() } : {}), ...(roleArn.trim() && externalId.trim() ? { externalId: externalId.trim() } : {}) };

  const list = async () => {
    setPending(true);
    setPicked(undefined);
    onChange(null);
    try {
      const asked = regions.split(/[\s,]+/).filter(Boolean);
      setFound((await fetchJson<{ regions: EksRegion[] }>("/api/v1/target-discovery/eks", { body: { regions: asked, ...role }, limitMs: LIMIT_MS.elsewhere })).regions);
      setError(null);
    } catch (cause) {
      setFound(null);
      setError(asProblem(cause).detail);
    } finally {
      setPending(false);
    }
  };
  const pick = (value: string) => {
    const [region = "", name = ""] = value.split("/");
    setPicked(value);
    onChange({ connection: { type: "eks", region, clusterName: name, ...role }, suggestedName: name.toLowerCase().replaceAll("_", "-").slice(0, 40) });
  };
  const clusters = (found ?? []).flatMap((r) => r.clusters.map((c) => ({ region: r.region, c })));
  return (
    <div className="grid gap-4">
      <Field label="Regions" required hint="One or several, with commas." error={error}><Input mono value={regions} onChange={(e) => setRegions(e.target.value)} autoComplete="off" autoCapitalize="none" spellCheck={false} /></Field>
      <details className="text-sm"><summary className="cursor-pointer text-ink-muted hover:text-ink">Act as a role, in this or another account</summary>
        <div className="mt-3 grid gap-4 sm:grid-cols-2">
          <Field label="Role" optional><Input mono value={roleArn} onChange={(e) => setRoleArn(e.target.value)} placeholder="arn:aws:iam::123456789012:role/slipway" autoComplete="off" spellCheck={false} /></Field>
          <Field label="External id" optional><Input mono value={externalId} onChange={(e) => setExternalId(e.target.value)} autoComplete="off" spellCheck={false} /></Field>
        </div>
      </details>
      <div><Button onClick={() => void list()} loading={pending}>List clusters</Button></div>
      {(found ?? []).filter((r) => r.error).map((r) => <Notice key={r.region} state="warning" title={`${r.region} could not be listed`}>{r.error!.message}</Notice>)}
      {found && clusters.length === 0 && found.some((r) => !r.error) ? <p className="text-sm text-ink-muted">No EKS cluster in {found.filter((r) => !r.error).map((r) => r.region).join(", ")}.</p> : null}
      {clusters.length > 0 ? <RadioCards aria-label="Cluster" value={picked} onValueChange={pick} options={clusters.map(({ region, c }) => ({ value: `${region}/${c.name}`, title: c.name, detail: words(region, c), disabled: c.error !== null || c.status !== "ACTIVE" }))} /> : null}
    </div>
  );
}

const words = (region: string, c: EksCluster) => c.error ?? [region, c.version && `Kubernetes ${c.version}`, c.autoMode ? "Auto Mode" : null, c.privateOnly ? "API server inside the VPC only" : null, c.status === "ACTIVE" ? null : c.status].filter(Boolean).join(" · ");
