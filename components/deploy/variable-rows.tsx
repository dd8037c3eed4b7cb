"use client";
import { Plus, X } from "lucide-react";
import Link from "next/link";
import { sentence } from "@/components/form/sentence";
import { variableProblem } from "@/components/deploy/variable-problem";
import type { Variable } from "@/components/deploy/variables-of";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";

export type { Variable } from "@/components/deploy/variables-of";
type Props = { project: string; variables: Variable[]; onChange: (next: Variable[]) => void; secrets: string[]; /** The form was refused because of them; `says`: a message about all of them. */ refused: boolean; says?: string };

/** Environment variables of the model server, by value or from a secret. Folded until wanted. */
export function VariableRows({ project, variables, onChange, secrets, refused, says }: Props) {
  const found = refused ? variables.flatMap((v) => { const problem = v.name === "" && v.value === "" ? null : variableProblem(v); return problem ? [`${v.name || "A variable without a name"}: ${problem}.`] : []; }) : [];
  const messages = refused && found.length === 0 && says ? [sentence(says)!] : found;
  const change = (id: string, part: Partial<Variable>) => onChange(variables.map((v) => (v.id === id ? { ...v, ...part } : v)));
  const add = (kind: Variable["kind"]) => onChange([...variables, { id: crypto.randomUUID(), name: kind === "secret" ? (secrets[0] ?? "") : "", kind, value: kind === "secret" ? (secrets[0] ?? "") : "" }]);
  return (
    <details className="panel group" open={messages.length > 0 || undefined}>
      <summary className="flex list-none items-center justify-between gap-3 rounded-lg px-4 py-3 hover:bg-hover [&::-webkit-details-marker]:hidden">
        <span className="font-semibold">Environment variables and secrets</span>
        <span className="text-sm text-ink-muted"><span className="tabular">{variables.length === 0 ? "none" : variables.length}</span> <span aria-hidden className="ml-1 inline-block transition-transform group-open:rotate-90">›</span></span>
      </summary>
      <div className="grid gap-3 border-t border-line p-4">
        {variables.map((v) => (
          <div key={v.id} className="grid grid-cols-[minmax(0,1fr)_2rem] gap-2 sm:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)_2rem]">
            <Input mono aria-label="Variable" placeholder="LOG_LEVEL" value={v.name} spellCheck={false} autoComplete="off" onChange={(e) => change(v.id, { name: e.target.value })} />
            <div className="max-sm:order-3 max-sm:col-span-2">
              {v.kind === "value" ? <Input mono aria-label={`Value of ${v.name || "the variable"}`} placeholder="value" value={v.value} spellCheck={false} autoComplete="off" onChange={(e) => change(v.id, { value: e.target.value })} />
                : <Select aria-label={`Secret for ${v.name || "the variable"}`} value={v.value || undefined} placeholder="Choose a secret" onValueChange={(value) => change(v.id, { value, ...(v.name === "" ? { name: value } : {}) })} options={secrets.map((s) => ({ value: s, label: s }))} />}
            </div>
            <Button variant="ghost" icon aria-label={`Remove ${v.name || "this variable"}`} onClick={() => onChange(variables.filter((o) => o.id !== v.id))}><X aria-hidden /></Button>
          </div>
        ))}
        {messages.map((m) => <p key={m} role="alert" className="text-sm text-failed">{m}</p>)}
        <div className="flex flex-wrap items-center gap-2">
          <Button size="sm" onClick={() => add("value")}><Plus aria-hidden />Variable</Button>
          <Button size="sm" onClick={() => add("secret")} disabled={secrets.length === 0}><Plus aria-hidden />From a secret</Button>
          {secrets.length === 0 ? <span className="text-sm text-ink-muted">This project has no secrets. <Link className="link" href={`/app/settings/secrets?project=${project}`}>Set one</Link></span> : null}
        </div>
      </div>
    </details>
  );
}
