"use client";
import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { sourceWords, stageOptions } from "./stage-words";
import type { LeadFilterState } from "./use-lead-filters";

const ANY = "_any";
const SEARCH_MS = 250;

/** What is shown of the leads. The board has every stage, so there the stage is no filter. */
export function LeadFilterBar({ state: { filters, filtered, view, change, clear } }: { state: LeadFilterState }) {
  const [typed, setTyped] = useState(filters.search);
  const [seen, setSeen] = useState(filters.search);
  // Back, forward and "Clear filters" change the address without typing.
  if (seen !== filters.search) { setSeen(filters.search); setTyped(filters.search); }
  useEffect(() => {
    if (typed === filters.search) return;
    const timer = setTimeout(() => change({ search: typed || null }), SEARCH_MS);
    return () => clearTimeout(timer);
  });
  const pick = <K extends "stage" | "source" | "due" | "minScore">(key: K, label: string, options: { value: string; label: string }[]) => (
    <Select aria-label={label} className="w-40! max-sm:w-[calc(50%-0.25rem)]!" value={filters[key] ?? ANY} onValueChange={(v) => change({ [key]: v === ANY ? null : v })} options={options} />
  );
  return (
    <section aria-label="Filters" className="flex flex-wrap items-center gap-2">
      <Input type="search" aria-label="Search companies and people" placeholder="Company, domain, person" value={typed} maxLength={200} onChange={(e) => setTyped(e.target.value)} before={<Search aria-hidden />} className="w-64 max-sm:w-full" />
      {view === "table" ? pick("stage", "Stage", [{ value: ANY, label: "Every stage" }, ...stageOptions.map(({ value, label }) => ({ value, label }))]) : null}
      {pick("source", "Source", [{ value: ANY, label: "Every source" }, ...Object.entries(sourceWords).map(([value, label]) => ({ value, label }))])}
      {pick("due", "Next step", [{ value: ANY, label: "Any next step" }, { value: "today", label: "Due by today" }, { value: "none", label: "No next step" }])}
      {pick("minScore", "Score", [{ value: ANY, label: "Any score" }, ...["25", "50", "75"].map((value) => ({ value, label: `${value} and more` }))])}
      {filtered ? <Button variant="ghost" onClick={clear}>Clear filters</Button> : null}
    </section>
  );
}
