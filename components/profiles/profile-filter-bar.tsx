"use client";
import { parseAsBoolean, parseAsFloat, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { PROFILE_SORTS, type ProfileFilters } from "@/components/profiles/filter-profiles";
import { CAPACITY_WORDS } from "@/components/profiles/profile-words";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { capacityTypeSchema, type Profile } from "@/lib/profiles/schema";

const parsers = {
  gpu: parseAsString.withDefault("any"), capacity: parseAsString.withDefault("any"), max: parseAsFloat, fits: parseAsBoolean.withDefault(false),
  sort: parseAsStringLiteral(PROFILE_SORTS).withDefault("catalogue"),
};
const SORT_WORDS = { catalogue: "Catalogue order", price: "Cheapest first", memory: "Most memory first", risk: "Calmest first", fit: "Best fit first" };

/** The filters, as they stand in the address. */
export function useProfileFilters() {
  const [state, set] = useQueryStates(parsers, { clearOnDefault: true });
  const values: ProfileFilters = { accelerator: state.gpu, capacity: state.capacity, maxPrice: state.max, fits: state.fits };
  return { values, sort: state.sort, set, clear: () => void set({ gpu: null, capacity: null, max: null, fits: null }), active: state.gpu !== "any" || state.capacity !== "any" || state.max !== null || state.fits };
}

type Props = { profiles: Profile[]; filters: ReturnType<typeof useProfileFilters>; withFit: boolean; shown: number; of: number };

/** Accelerator, capacity, price and order; with a model also whether it fits. */
export function ProfileFilterBar({ profiles, filters, withFit, shown, of }: Props) {
  const accelerators = [...new Set(profiles.flatMap((p) => (p.accelerator ? [p.accelerator.name] : [])))].sort();
  const { values, set } = filters;
  return (
    <div role="search" aria-label="Filter profiles" className="grid grid-cols-2 items-center gap-2 border-b border-line p-2.5 sm:flex sm:flex-wrap">
      <Select aria-label="Accelerator" className="sm:w-44!" value={values.accelerator} onValueChange={(gpu) => void set({ gpu })} options={[{ value: "any", label: "Any accelerator" }, { value: "cpu", label: "CPU only" }, ...accelerators.map((a) => ({ value: a, label: a }))]} />
      <Select aria-label="Capacity type" className="sm:w-44!" value={values.capacity} onValueChange={(capacity) => void set({ capacity })} options={[{ value: "any", label: "Any capacity" }, ...capacityTypeSchema.options.map((t) => ({ value: t, label: CAPACITY_WORDS[t] }))]} />
      <Input aria-label="Highest price per hour in USD" type="number" inputMode="decimal" min={0} step={0.1} placeholder="Max" before="$" after="/h" className="sm:w-40" value={values.maxPrice ?? ""} onChange={(e) => void set({ max: e.target.value === "" || !(e.target.valueAsNumber >= 0) ? null : e.target.valueAsNumber })} />
      <Select aria-label="Order" className="sm:w-44!" value={filters.sort} onValueChange={(sort) => void set({ sort: sort as (typeof PROFILE_SORTS)[number] })} options={PROFILE_SORTS.filter((s) => s !== "fit" || withFit).map((s) => ({ value: s, label: SORT_WORDS[s] }))} />
      {withFit ? <div className="px-1"><Checkbox checked={values.fits} onCheckedChange={(fits) => void set({ fits })} label="Only what fits" /></div> : null}
      <span className="flex items-center gap-2 text-sm text-ink-muted sm:ml-auto"><span className="tabular" aria-live="polite">{shown} of {of}</span>{filters.active ? <Button size="sm" variant="ghost" onClick={filters.clear}>Clear</Button> : null}</span>
    </div>
  );
}
