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
import { fetchJson } from "@/lib/api-client/fetch-json";
import type { MetricsSourceDto } from "@/lib/observability/sources/schema";

type Props = { path: string; source: MetricsSourceDto; onSaved: (next: MetricsSourceDto) => void; onCancel: () => void };
type Texts = "url" | "secret" | "user" | "region" | "roleArn" | "tenant" | "tlsServerName" | "interval" | "caPem";

/** Address of the source and how to sign in. A secret is never shown again; left empty, the one that is kept stays. */
export function MetricsSourceForm({ path, source: { settings: s }, onSaved, onCancel }: Props) {
  const [auth, setAuth] = useState(s?.auth ?? "none");
  const [t, setT] = useState<Record<Texts, string>>({ url: s?.url ?? "", secret: "", user: s?.user ?? "", region: s?.region ?? "", roleArn: s?.roleArn ?? "", tenant: s?.tenant ?? "", tlsServerName: s?.tlsServerName ?? "", interval: String(s?.scrapeIntervalSeconds ?? 30), caPem: s?.caPem ?? "" });
  const [pending, setPending] = useState(false);
  const { problem, attempt } = useProblem(() => undefined, []);
  const some = (name: Texts, as: string = name) => (t[name].trim() === "" ? {} : { [as]: t[name].trim() });
  const save = () => attempt(async () => {
    setPending(true);
    try {
      const signIn = auth === "bearer" ? some("secret", "token") : auth === "basic" ? { user: t.user.trim(), ...some("secret", "password") } : auth === "sigv4" ? { region: t.region.trim(), ...some("roleArn") } : {};
      const next = await fetchJson<MetricsSourceDto>(path, { method: "PUT", body: { kind: "prometheus", url: t.url.trim(), auth: { type: auth, ...signIn }, ...some("tenant"), ...some("tlsServerName"), ...some("caPem"), scrapeIntervalSeconds: Number(t.interval) } });
      toast.success("Metrics source saved");
      onSaved(next);
    } finally {
      setPending(false);
    }
  });
  const text = (name: Texts, label: string, hint?: string, type = "text") => <Field label={label} hint={hint}><Input mono type={type} value={t[name]} onChange={(e) => setT({ ...t, [name]: e.target.value })} autoComplete="off" autoCapitalize="none" spellCheck={false} /></Field>;
  return (
    <form className="grid gap-4" noValidate onSubmit={(e) => { e.preventDefault(); void save(); }}>
      {text("url", "Address", "Before /api/v1. Prometheus, Thanos, Mimir, or an Amazon Managed Prometheus workspace.")}
      <Field label="Signs in by"><Select value={auth} onValueChange={(v) => setAuth(v as typeof auth)} options={[{ value: "none", label: "Nothing" }, { value: "bearer", label: "Token" }, { value: "basic", label: "User and password" }, { value: "sigv4", label: "AWS (SigV4)" }]} /></Field>
      {auth === "basic" ? text("user", "User") : null}
      {auth === "bearer" || auth === "basic" ? text("secret", auth === "bearer" ? "Token" : "Password", s?.secretSet ? "Empty: the one that is kept." : undefined, "password") : null}
      {auth === "sigv4" ? <>{text("region", "AWS region")}{text("roleArn", "Role", "Empty: Slipway's own AWS identity.")}</> : null}
      {text("tenant", "Tenant", "X-Scope-OrgID, for Mimir. Usually empty.")}
      {text("interval", "Longest scrape interval", "Seconds. Rates are taken over four of it.")}
      {text("tlsServerName", "Name in its certificate", "Empty: the host of the address.")}
      <Field label="Certificate authority" hint="PEM. Empty: the system's."><Textarea rows={3} value={t.caPem} onChange={(e) => setT({ ...t, caPem: e.target.value })} spellCheck={false} /></Field>
      <ProblemNotice problem={problem} />
      <div className="flex gap-2"><Button type="submit" variant="primary" loading={pending}>Save source</Button><Button type="button" onClick={onCancel}>Cancel</Button></div>
    </form>
  );
}
