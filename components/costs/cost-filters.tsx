"use client";
import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import type { CostSummary } from "@/lib/costs/summary/schema";
import type { CostView } from "./cost-query";

const ALL = "";
const FILTERS = [["project", "projects", "All projects"], ["deployment", "deployments", "All deployments"], ["model", "models", "All models"], ["profile", "profiles", "All profiles"]] as const;

/** Narrows the page to one project, deployment, model or profile. What is chosen stays in the list though nothing of it ran. */
export function CostFilters({ view, onChange, choices, withProject }: { view: CostView; onChange: (change: Partial<CostView>) => void; choices: CostSummary["choices"]; withProject: boolean }) {
  const shown = FILTERS.filter(([name, list]) => (name !== "project" || withProject) && (choices[list].length > 1 || view[name]));
  if (shown.length === 0) return null;
  const any = shown.some(([name]) => view[name]);
  return (
    <div role="group" aria-label="Filters" className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap">
      {shown.map(([name, list, all]) => (
        <Combobox key={name} aria-label={`Filter by ${name}`} className="sm:w-48" value={view[name] ?? ALL} onValueChange={(v) => onChange({ [name]: v === ALL ? null : v })} searchPlaceholder={`Find a ${name}`}
          options={[{ value: ALL, label: all }, ...[...new Set([...(view[name] ? [view[name]] : []), ...choices[list]])].map((value) => ({ value, label: value }))]} />
      ))}
      {any ? <Button variant="ghost" onClick={() => onChange({ project: null, model: null, profile: null, deployment: null })}><X aria-hidden />Clear filters</Button> : null}
    </div>
  );
}
