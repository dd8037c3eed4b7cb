import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { LEAD_STAGES } from "@/content/leads";
import { LEAD_SORTS, LEAD_SOURCES } from "@/lib/leads/schema";

const parsers = {
  view: parseAsStringLiteral(["table", "board"]).withDefault("table"),
  search: parseAsString.withDefault(""), stage: parseAsStringLiteral(LEAD_STAGES.map((s) => s.value)), source: parseAsStringLiteral(LEAD_SOURCES), due: parseAsStringLiteral(["today", "none"]),
  minScore: parseAsStringLiteral(["25", "50", "75"]), sort: parseAsStringLiteral(LEAD_SORTS).withDefault("-score"), after: parseAsString,
};

/** Filters, order and view, in the address. Another filter begins at the first page. */
export function useLeadFilters() {
  const [f, set] = useQueryStates(parsers);
  const filters = { search: f.search, stage: f.stage ?? undefined, source: f.source ?? undefined, due: f.due ?? undefined, minScore: f.minScore ?? undefined };
  return {
    view: f.view, sort: f.sort, filters, filtered: Object.values(filters).some(Boolean),
    change: (part: Partial<Omit<{ [K in keyof typeof f]: (typeof f)[K] | null }, "after">>) => void set({ ...part, after: null }),
    clear: () => void set({ search: null, stage: null, source: null, due: null, minScore: null, after: null }),
  };
}
export type LeadFilterState = ReturnType<typeof useLeadFilters>;
