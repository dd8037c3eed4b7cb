"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "@/components/form/as-problem";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { SkeletonText } from "@/components/ui/skeleton";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { Encoding } from "@/lib/leads/import/decode";
import { LIST_FIELDS, type ListField, type Mapping, PRESETS } from "@/lib/leads/import/fields";
import { type LeadListDto, mappingSchema, type PreviewDto } from "@/lib/leads/import/schema";
import { DELIMITER_WORDS, ENCODING_WORDS } from "./list-words";

const NONE = "_none";
const OWN = "_own";
const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));
// A tab is no value that a select would keep.
const asValue = (delimiter: string) => (delimiter === "\t" ? "tab" : delimiter);
const delimiterOptions = Object.entries(DELIMITER_WORDS).map(([value, label]) => ({ value: asValue(value), label }));

type Props = { list: LeadListDto; path: string; onChecked: (list: LeadListDto) => void };

/** How the file is written, what each of its columns is, and where it comes from. */
export function ColumnsForm({ list, path, onChecked }: Props) {
  const [reading, setReading] = useState<{ encoding: Encoding; delimiter: LeadListDto["delimiter"] }>({ encoding: list.encoding, delimiter: list.delimiter });
  const [chosen, setChosen] = useState<{ preset: string; mapping: Mapping } | null>(list.mapping ? { preset: OWN, mapping: list.mapping } : null);
  const [origin, setOrigin] = useState(list.origin ?? "");
  const [basis, setBasis] = useState(list.basis ?? "");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const preview = useQuery({ queryKey: [...keys.leadImports, "one", list.id, "preview", reading], queryFn: ({ signal }) => fetchJson<PreviewDto>(`${path}/preview?${new URLSearchParams(reading)}`, { signal }), placeholderData: (before) => before });
  if (!preview.data) return preview.isError ? <ErrorState title="Could not read the file" reason={asProblem(preview.error).detail} onRetry={() => void preview.refetch()} /> : <div className="panel p-4" role="status" aria-label="Loading"><SkeletonText lines={6} /></div>;
  const { headers, rows, mappings, preset: guessed } = preview.data;
  const { preset, mapping } = chosen ?? { preset: guessed ?? OWN, mapping: guessed ? mappings[guessed]! : {} };
  const take = (column: number, field: string) => {
    const next = Object.fromEntries(Object.entries(mapping).filter(([c, f]) => c !== String(column) && f !== field));
    if (field !== NONE) next[column] = field as ListField;
    setChosen({ preset: OWN, mapping: next });
  };
  const checked = mappingSchema.safeParse(mapping);
  const check = async () => {
    setFault(null);
    if (!checked.success) return setFault(`The mapping ${checked.error.issues[0]!.message}.`);
    if (!origin.trim() || !basis.trim()) return setFault("Say where the list comes from, and why these people's data may be kept.");
    setBusy(true);
    try {
      onChecked(await fetchJson<LeadListDto>(`${path}/check`, { body: { ...reading, mapping, origin, basis } }));
    } catch (cause) {
      setFault(asProblem(cause).detail);
      setBusy(false);
    }
  };
  return (
    <form className="grid gap-4" noValidate onSubmit={(e) => { e.preventDefault(); void check(); }}>
      <Panel title="How the file is written" description="Found out from its first bytes. Choose otherwise if the rows below look wrong.">
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label="Encoding"><Select value={reading.encoding} onValueChange={(v) => { setReading({ ...reading, encoding: v as Encoding }); setChosen(null); }} options={options(ENCODING_WORDS)} /></Field>
          <Field label="Separator"><Select value={asValue(reading.delimiter)} onValueChange={(v) => { setReading({ ...reading, delimiter: (v === "tab" ? "\t" : v) as LeadListDto["delimiter"] }); setChosen(null); }} options={delimiterOptions} /></Field>
          <Field label="Columns as in"><Select value={preset} onValueChange={(v) => setChosen(v === OWN ? { preset: OWN, mapping } : { preset: v, mapping: mappings[v] ?? {} })} options={[...PRESETS.map(({ value, label }) => ({ value, label })), { value: OWN, label: "Chosen by hand" }]} /></Field>
        </div>
      </Panel>
      <Panel title="What the columns are" description="Those without a name are not taken over." flush>
        <div className="relative overflow-x-auto border-t border-line" tabIndex={0} role="region" aria-label="Columns and first rows">
          <table className="w-full border-separate border-spacing-0 text-sm">
            <caption className="sr-only">Columns of the file with their first rows</caption>
            <thead>
              <tr>{headers.map((h, i) => <th key={i} scope="col" className="min-w-44 border-b border-line px-3 py-2 text-left align-top font-medium"><span className="mb-1.5 block wrap-anywhere">{h || `Column ${i + 1}`}</span><Select aria-label={`What is ${h || `column ${i + 1}`}`} value={mapping[i] ?? NONE} onValueChange={(f) => take(i, f)} options={[{ value: NONE, label: "Not taken over" }, ...LIST_FIELDS.map(({ value, label }) => ({ value, label }))]} /></th>)}</tr>
            </thead>
            <tbody>{rows.map((row, r) => <tr key={r}>{headers.map((_, i) => <td key={i} className={`max-w-64 truncate border-b border-line px-3 py-1.5 ${mapping[i] ? "" : "text-ink-faint"}`} title={row[i]}>{row[i]}</td>)}</tr>)}</tbody>
          </table>
        </div>
      </Panel>
      <Panel title="Where it comes from" description="Stands at each company and person that it brings, for whoever asks.">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Origin" required><Input value={origin} maxLength={300} onChange={(e) => setOrigin(e.target.value)} placeholder="Crunchbase search “computer vision, Europe”" autoComplete="off" /></Field>
          <Field label="Why their data may be kept" required><Input value={basis} maxLength={300} onChange={(e) => setBasis(e.target.value)} placeholder="Legitimate interest: business contact data" autoComplete="off" /></Field>
        </div>
      </Panel>
      {fault ? <Notice state="failed" title={fault} /> : null}
      <div><Button type="submit" variant="primary" loading={busy}>Count what it would do</Button></div>
    </form>
  );
}
