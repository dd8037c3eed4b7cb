"use client";
import { useState } from "react";
import { ProblemNotice } from "@/components/form/problem-notice";
import { useProblem } from "@/components/form/use-problem";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import type { TargetDto } from "@/lib/targets-catalogue/schema";
import type { TargetSettings } from "@/lib/targets/kubernetes/target-settings";

type Props = { path: string; etag: string | null; settings: TargetSettings; detected: TargetSettings; provider: TargetDto["provider"]; onSaved: () => void };
type Text = "artifactUrl" | "modelServerImage" | "prometheusUrl" | "region" | "namespacePrefix" | "serviceAccountRoleArn";

const TEXTS: { name: Text; label: string; hint?: string; fallback: string; on?: (p: TargetDto["provider"]) => boolean }[] = [
  { name: "artifactUrl", label: "Slipway's URL from the pods", hint: "Where they fetch model files.", fallback: "Slipway's own URL" },
  { name: "modelServerImage", label: "Image of the model server", fallback: "slipway/model-server" },
  { name: "prometheusUrl", label: "Prometheus", fallback: "none" },
  { name: "region", label: "AWS region", hint: "Its profiles and prices then apply.", fallback: "none", on: (p) => p === "kubernetes" },
  { name: "serviceAccountRoleArn", label: "IAM role of the pods", hint: "Not needed with Pod Identity.", fallback: "none", on: (p) => p === "eks" },
  { name: "namespacePrefix", label: "Namespaces begin with", fallback: "slipway" },
];

type Choice = "nodes" | "architecture" | "keda" | "prometheusOperator" | "datadogAgent" | "customMetrics";
const YES_NO = [{ value: "true", label: "Yes" }, { value: "false", label: "No" }];
const CHOICES: { name: Choice; label: string; options: { value: string; label: string }[] }[] = [
  { name: "nodes", label: "Nodes", options: [{ value: "karpenter", label: "Made by Karpenter, of a profile's kind" }, { value: "any", label: "Those that are there" }] },
  { name: "architecture", label: "Architecture of all nodes", options: [{ value: "amd64", label: "amd64" }, { value: "arm64", label: "arm64" }] },
  { name: "keda", label: "Scaled by KEDA", options: YES_NO },
  { name: "prometheusOperator", label: "Prometheus operator", options: YES_NO },
  { name: "datadogAgent", label: "Datadog agent reads the pods", options: YES_NO },
  { name: "customMetrics", label: "Custom metrics API", options: YES_NO },
];
const DETECTED = "detected";
/** null: as detected. A select holds text. */
const asText = (value: unknown): string => (value === undefined ? DETECTED : String(value));
const asSetting = (text: string): string | boolean | null => (text === DETECTED ? null : text === "true" ? true : text === "false" ? false : text);

/** What a person sets over what was detected. An empty field takes a setting back. */
export function TargetSettingsForm({ path, etag, settings, detected, provider, onSaved }: Props) {
  const shown = TEXTS.filter((t) => t.on?.(provider) ?? true);
  const [texts, setTexts] = useState<Record<Text, string>>(() => Object.fromEntries(TEXTS.map((t) => [t.name, settings[t.name] ?? ""])) as Record<Text, string>);
  const [choices, setChoices] = useState<Record<Choice, string>>(() => Object.fromEntries(CHOICES.map((c) => [c.name, asText(settings[c.name])])) as Record<Choice, string>);
  const [ingress, setIngress] = useState<TargetSettings["ingress"]>(settings.ingress);
  const [discount, setDiscount] = useState(settings.onDemandDiscountPercent?.toString() ?? "");
  const [pending, setPending] = useState(false);
  const { problem, attempt } = useProblem(() => undefined, []);
  const save = () => attempt(async () => {
    setPending(true);
    try {
      const changed = Object.fromEntries(shown.filter((t) => texts[t.name].trim() !== (settings[t.name] ?? "")).map((t) => [t.name, texts[t.name].trim() || null]));
      const chosen = Object.fromEntries(CHOICES.filter((c) => choices[c.name] !== asText(settings[c.name])).map((c) => [c.name, asSetting(choices[c.name])]));
      const body = { ...changed, ...chosen, ...(discount.trim() === (settings.onDemandDiscountPercent?.toString() ?? "") ? {} : { onDemandDiscountPercent: discount.trim() === "" ? null : Number(discount) }), ...(JSON.stringify(ingress) === JSON.stringify(settings.ingress) ? {} : { ingress: ingress ?? null }) };
      if (Object.keys(body).length > 0) await fetchJson(path, { method: "PATCH", body: { settings: body }, ifMatch: etag });
      toast.success("Settings saved");
      onSaved();
    } finally {
      setPending(false);
    }
  });
  return (
    <Panel title="Settings" description="Empty fields hold what the check detected">
      <form className="grid gap-4" noValidate onSubmit={(e) => { e.preventDefault(); void save(); }}>
        {shown.map((t) => (
          <Field key={t.name} label={t.label} hint={t.hint}>
            <Input mono value={texts[t.name]} onChange={(e) => setTexts({ ...texts, [t.name]: e.target.value })} placeholder={typeof detected[t.name] === "string" ? `${detected[t.name]} (detected)` : t.fallback} autoComplete="off" autoCapitalize="none" spellCheck={false} />
          </Field>
        ))}
        {CHOICES.map((c) => (
          <Field key={c.name} label={c.label}>
            <Select value={choices[c.name]} onValueChange={(v) => setChoices({ ...choices, [c.name]: v })} options={[{ value: DETECTED, label: detected[c.name] === undefined ? "As detected: not known" : `Detected: ${c.options.find((o) => o.value === String(detected[c.name]))?.label ?? String(detected[c.name])}` }, ...c.options]} />
          </Field>
        ))}
        <Field label="Discount on on-demand prices" hint="Savings plan or agreement; forecasts for this target take it off and say so. What was deployed keeps its price."><Input value={discount} onChange={(e) => setDiscount(e.target.value)} inputMode="numeric" after="%" placeholder="none" autoComplete="off" className="tabular" /></Field>
        <IngressFields value={ingress} detected={detected.ingress} onChange={setIngress} />
        <ProblemNotice problem={problem} />
        <div><Button type="submit" variant="primary" loading={pending}>Save settings</Button></div>
      </form>
    </Panel>
  );
}

type Ingress = TargetSettings["ingress"];
const START: Record<string, Ingress> = { detected: undefined, none: { kind: "none" }, gateway: { kind: "gateway", gatewayName: "", gatewayNamespace: "", hostname: "" }, alb: { kind: "alb", hostname: "", scheme: "internal" } };

function IngressFields({ value, detected, onChange }: { value: Ingress; detected: Ingress; onChange: (next: Ingress) => void }) {
  const text = (label: string, at: string, name: string) => <Field label={label}><Input mono value={at} onChange={(e) => onChange({ ...value, [name]: e.target.value } as Ingress)} autoComplete="off" autoCapitalize="none" spellCheck={false} /></Field>;
  return (
    <>
      <Field label="Way in from outside"><Select value={value?.kind ?? "detected"} onValueChange={(kind) => onChange(START[kind])} options={[
        { value: "detected", label: detected ? `Detected: ${detected.kind === "gateway" ? `Gateway ${detected.gatewayName}` : detected.kind}` : "As detected: none" }, { value: "none", label: "None" }, { value: "gateway", label: "Gateway API" }, { value: "alb", label: "ALB" },
      ]} /></Field>
      {value?.kind === "gateway" ? <>{text("Gateway", value.gatewayName, "gatewayName")}{text("Its namespace", value.gatewayNamespace, "gatewayNamespace")}</> : null}
      {value && value.kind !== "none" ? text("Host name", value.hostname, "hostname") : null}
      {value?.kind === "alb" ? (
        <>
          <Field label="Reached from"><Select value={value.scheme} onValueChange={(scheme) => onChange({ ...value, scheme: scheme as typeof value.scheme })} options={[{ value: "internal", label: "Inside the VPC" }, { value: "internet-facing", label: "The internet" }]} /></Field>
          <Field label="Certificate" optional hint="ARN of an ACM certificate; without one it is plain http"><Input mono value={value.certificateArn ?? ""} onChange={(e) => onChange({ ...value, certificateArn: e.target.value.trim() || undefined })} autoComplete="off" autoCapitalize="none" spellCheck={false} /></Field>
        </>
      ) : null}
    </>
  );
}
