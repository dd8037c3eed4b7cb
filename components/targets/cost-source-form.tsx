"use client";
import { useState } from "react";
import { ProblemNotice } from "@/components/form/problem-notice";
import { useProblem } from "@/components/form/use-problem";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { fetchJson, LIMIT_MS } from "@/lib/api-client/fetch-json";
import type { CostSourceDto } from "@/lib/costs/sources/schema";

type Props = { path: string; source: CostSourceDto; onSaved: (next: CostSourceDto) => void; onCancel: () => void };
const HINT = { kubecost: "The frontend's address, without a path: http://kubecost-frontend.kubecost:9090", opencost: "Its API's address, without a path: http://opencost.opencost:9003" };

/** Kind and address of the cost tool, and the header it is asked with. A header's value is never shown again; left empty, the one that is kept stays. */
export function CostSourceForm({ path, source: { kind: was, settings: s }, onSaved, onCancel }: Props) {
  const [kind, setKind] = useState(was === "opencost" ? "opencost" : "kubecost");
  const [url, setUrl] = useState(s?.url ?? "");
  const [name, setName] = useState(s?.headerName ?? "");
  const [value, setValue] = useState("");
  const [pending, setPending] = useState(false);
  const { problem, attempt } = useProblem(() => undefined, []);
  const save = () => attempt(async () => {
    setPending(true);
    try {
      const header = name.trim() === "" ? null : { name: name.trim(), ...(value === "" ? {} : { value }) };
      const next = await fetchJson<CostSourceDto>(path, { method: "PUT", limitMs: LIMIT_MS.elsewhere, body: { kind, url: url.trim(), header } });
      toast.success("Cost source saved");
      onSaved(next);
    } finally {
      setPending(false);
    }
  });
  return (
    <form className="grid gap-4" noValidate onSubmit={(e) => { e.preventDefault(); void save(); }}>
      <Field label="Tool"><Select value={kind} onValueChange={(v) => setKind(v === "opencost" ? "opencost" : "kubecost")} options={[{ value: "kubecost", label: "Kubecost 2.x or 3.x" }, { value: "opencost", label: "OpenCost" }]} /></Field>
      <Field label="Address" hint={HINT[kind === "opencost" ? "opencost" : "kubecost"]}><Input mono value={url} onChange={(e) => setUrl(e.target.value)} autoComplete="off" autoCapitalize="none" spellCheck={false} /></Field>
      <Field label="Header" hint="Where it stands behind a gate, like Authorization. Usually empty."><Input mono value={name} onChange={(e) => setName(e.target.value)} autoComplete="off" autoCapitalize="none" spellCheck={false} /></Field>
      {name.trim() === "" ? null : <Field label="Value of the header" hint={s?.headerSet ? "Empty: the one that is kept." : undefined}><Input mono type="password" value={value} onChange={(e) => setValue(e.target.value)} autoComplete="off" /></Field>}
      <ProblemNotice problem={problem} />
      <div className="flex gap-2"><Button type="submit" variant="primary" loading={pending}>Save source</Button><Button type="button" onClick={onCancel}>Cancel</Button></div>
    </form>
  );
}
