"use client";
import { parseAsFloat, parseAsInteger, parseAsString, useQueryStates } from "nuqs";
import type { InstanceFilters } from "@/components/instances/filter-instances";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { InstanceTypeList } from "@/lib/prices/instance-type";

const parsers = { region: parseAsString.withDefault("us-east-1"), gpu: parseAsString.withDefault("any"), memory: parseAsFloat, max: parseAsFloat, band: parseAsInteger, q: parseAsString.withDefault("") };

/** Region and filters, as they stand in the address. */
export function useInstanceFilters() {
  const [state, set] = useQueryStates(parsers, { clearOnDefault: true });
  const values: InstanceFilters = { accelerator: state.gpu, memoryGib: state.memory, maxPrice: state.max, band: state.band, search: state.q };
  return { region: state.region, values, set, clear: () => void set({ gpu: null, memory: null, max: null, band: null, q: null }), active: state.gpu !== "any" || state.memory !== null || state.max !== null || state.band !== null || state.q !== "" };
}

const BANDS = ["under 5%", "up to 10%", "up to 15%", "up to 20%"];
type Props = { filters: ReturnType<typeof useInstanceFilters>; list: InstanceTypeList | undefined; shown: number };

export function InstanceFilterBar({ filters, list, shown }: Props) {
  const accelerators = [...new Set((list?.items ?? []).flatMap((t) => (t.accelerator ? [t.accelerator.name] : [])))].sort();
  const { values, set, region } = filters;
  const regions = list?.regions ?? [{ region, onDemand: true, spot: true }];
  const number = (e: { target: HTMLInputElement }) => (e.target.value === "" || !(e.target.valueAsNumber >= 0) ? null : e.target.valueAsNumber);
  return (
    <div role="search" aria-label="Filter instance types" className="grid grid-cols-2 items-center gap-2 border-b border-line p-2.5 sm:flex sm:flex-wrap">
      <Combobox aria-label="Region" className="sm:w-48!" value={region} onValueChange={(v) => void set({ region: v })} options={regions.map((r) => ({ value: r.region, label: r.region, hint: r.onDemand ? undefined : "no price on file" }))} />
      <Select aria-label="Accelerator" className="sm:w-40!" value={values.accelerator} onValueChange={(gpu) => void set({ gpu })} options={[{ value: "any", label: "All types" }, { value: "gpu", label: "Any accelerator" }, { value: "cpu", label: "CPU only" }, ...accelerators.map((a) => ({ value: a, label: a }))]} />
      <Input aria-label="Least memory for the model in GiB" type="number" inputMode="decimal" min={0} placeholder="Memory" after="GiB" className="sm:w-36" value={values.memoryGib ?? ""} onChange={(e) => void set({ memory: number(e) })} />
      <Input aria-label="Highest price per hour in USD" type="number" inputMode="decimal" min={0} step={0.1} placeholder="Most" before="$" after="/h" className="sm:w-36" value={values.maxPrice ?? ""} onChange={(e) => void set({ max: number(e) })} />
      <Select aria-label="Interrupted a month" className="sm:w-52!" value={values.band === null ? "any" : String(values.band)} onValueChange={(v) => void set({ band: v === "any" ? null : Number(v) })} options={[{ value: "any", label: "Any interruption" }, ...BANDS.map((label, i) => ({ value: String(i), label: `Interrupted ${label}` }))]} />
      <Input aria-label="Part of the name" placeholder="Name" className="sm:w-28" value={values.search} onChange={(e) => void set({ q: e.target.value || null })} />
      <span className="col-span-2 flex items-center gap-2 text-sm text-ink-muted sm:ml-auto"><span className="tabular" aria-live="polite">{shown} of {list?.items.length ?? "–"}</span>{filters.active ? <Button size="sm" variant="ghost" onClick={filters.clear}>Clear</Button> : null}</span>
    </div>
  );
}
