"use client";
import { useState } from "react";
import { ProblemNotice } from "@/components/form/problem-notice";
import { useProblem } from "@/components/form/use-problem";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import { fetchJson, LIMIT_MS } from "@/lib/api-client/fetch-json";
import { DATADOG_SITES, datadogApi, type DatadogSite } from "@/lib/observability/datadog/sites";
import type { MetricsSourceDto } from "@/lib/observability/sources/schema";

type Props = { path: string; source: MetricsSourceDto; onSaved: (next: MetricsSourceDto) => void; onCancel: () => void };
type Texts = "url" | "secret" | "user" | "region" | "roleArn" | "tenant" | "tlsServerName" | "interval" | "caPem" | "apiKey" | "applicationKey";

/** What the source is, its address and how to sign in. A secret is never shown again; left empty, the one that is kept stays. */
export function MetricsSourceForm({ path, source: { kind: before, settings: s }, onSaved, onCancel }: Props) {
  const [kind, setKind] = useState<"prometheus" | "datadog">(before === "datadog" ? "datadog" : "prometheus");
  const [site, setSite] = useState<DatadogSite>(s?.site ?? "datadoghq.com");
  const [auth, setAuth] = useState(s && s.auth !== "keys" ? s.auth : "none");
  const [t, setT] = useState<Record<Texts, string>>({
    url: s && s.site === null ? s.url : "", secret: "", user: s?.user ?? "", region: s?.region ?? "", roleArn: s?.roleArn ?? "", tenant: s?.tenant ?? "", tlsServerName: s?.tlsServerName ?? "", interval: String(s?.scrapeIntervalSeconds ?? 30), caPem: s?.caPem ?? "",
    apiKey: "", applicationKey: "",
  });
  const [pending, setPending] = useState(false);
  const { problem, attempt } = useProblem(() => undefined, []);
  const some = (name: Texts, as: string = name) => (t[name].trim() === "" ? {} : { [as]: t[name].trim() });
  const prometheus = () => {
    const signIn = auth === "bearer" ? some("secret", "token") : auth === "basic" ? { user: t.user.trim(), ...some("secret", "password") } : auth === "sigv4" ? { region: t.region.trim(), ...some("roleArn") } : {};
    return { kind, url: t.url.trim(), auth: { type: auth, ...signIn }, ...some("tenant"), ...some("tlsServerName"), ...some("caPem"), scrapeIntervalSeconds: Number(t.interval) };
  };
  // Where the API is reached by another way than its site's own, that way stays as long as the site does.
  const otherWay = s && s.site === site && s.url !== datadogApi({ site }) ? { url: s.url } : {};
  const save = () => attempt(async () => {
    setPending(true);
    try {
      const next = await fetchJson<MetricsSourceDto>(path, { method: "PUT", limitMs: LIMIT_MS.elsewhere, body: kind === "datadog" ? { kind, site, ...otherWay, ...some("apiKey"), ...some("applicationKey") } : prometheus() });
      toast.success("Metrics source saved");
      onSaved(next);
    } finally {
      setPending(false);
    }
  });
  const text = (name: Texts, label: string, hint?: string, type = "text") => <Field label={label} hint={hint}><Input mono type={type} value={t[name]} onChange={(e) => setT({ ...t, [name]: e.target.value })} autoComplete="off" autoCapitalize="none" spellCheck={false} /></Field>;
  return (
    <form className="grid gap-4" noValidate onSubmit={(e) => { e.preventDefault(); void save(); }}>
      <Field label="Kind"><Select value={kind} onValueChange={(v) => setKind(v as typeof kind)} options={[{ value: "prometheus", label: "Prometheus, Thanos, Mimir, Amazon Managed Prometheus" }, { value: "datadog", label: "Datadog" }]} /></Field>
      {kind === "datadog" ? (
        <>
          <Field label="Site" hint="The part after app. in Datadog's address."><Select value={site} onValueChange={(v) => setSite(v as DatadogSite)} options={DATADOG_SITES.map((name) => ({ value: name, label: name }))} /></Field>
          {text("apiKey", "API key", s?.auth === "keys" && s.secretSet ? "Empty: the one that is kept." : undefined, "password")}
          {text("applicationKey", "Application key", s?.auth === "keys" && s.secretSet ? "Empty: the one that is kept." : "With the scope timeseries_query.", "password")}
          <p className="text-sm text-ink-muted">For latency, traffic and errors, also set &ldquo;Datadog agent reads the pods&rdquo; in the settings. Datadog bills what the agent then sends as custom metrics.</p>
        </>
      ) : (
        <>
          {text("url", "Address", "Before /api/v1. Prometheus, Thanos, Mimir, or an Amazon Managed Prometheus workspace.")}
          <Field label="Signs in by"><Select value={auth} onValueChange={(v) => setAuth(v as typeof auth)} options={[{ value: "none", label: "Nothing" }, { value: "bearer", label: "Token" }, { value: "basic", label: "User and password" }, { value: "sigv4", label: "AWS (SigV4)" }]} /></Field>
          {auth === "basic" ? text("user", "User") : null}
          {auth === "bearer" || auth === "basic" ? text("secret", auth === "bearer" ? "Token" : "Password", s?.secretSet ? "Empty: the one that is kept." : undefined, "password") : null}
          {auth === "sigv4" ? <>{text("region", "AWS region")}{text("roleArn", "Role", "Empty: Slipway's own AWS identity.")}</> : null}
          {text("tenant", "Tenant", "X-Scope-OrgID, for Mimir. Usually empty.")}
          {text("interval", "Longest scrape interval", "Seconds. Rates are taken over four of it.")}
          {text("tlsServerName", "Name in its certificate", "Empty: the host of the address.")}
          <Field label="Certificate authority" hint="PEM. Empty: the system's."><Textarea rows={3} value={t.caPem} onChange={(e) => setT({ ...t, caPem: e.target.value })} spellCheck={false} /></Field>
        </>
      )}
      <ProblemNotice problem={problem} />
      <div className="flex gap-2"><Button type="submit" variant="primary" loading={pending}>Save source</Button><Button type="button" onClick={onCancel}>Cancel</Button></div>
    </form>
  );
}
