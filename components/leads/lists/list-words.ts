import type { State } from "@/components/ui/status";
import type { LeadListDto, ListCounts } from "@/lib/leads/import/schema";

export const listLooks: Record<LeadListDto["state"], { state: State; word: string }> = {
  uploaded: { state: "warning", word: "Columns to be chosen" }, checking: { state: "progressing", word: "Being counted" }, checked: { state: "warning", word: "Ready to be taken over" },
  importing: { state: "progressing", word: "Being taken over" }, done: { state: "ready", word: "Taken over" }, failed: { state: "failed", word: "Failed" },
};
export const runs = (list: LeadListDto): boolean => list.state === "checking" || list.state === "importing";
export const ENCODING_WORDS = { "utf-8": "UTF-8", "utf-16le": "UTF-16, little-endian", "utf-16be": "UTF-16, big-endian", "windows-1252": "Windows-1252 (Western European)" } as const;
export const DELIMITER_WORDS = { ",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "Vertical bar" } as const;
const n = (count: number) => count.toLocaleString("en");

/** What a list brings, as a label and a figure each. */
export const countLines = (c: ListCounts): { label: string; value: string }[] => [
  { label: "New companies", value: n(c.created) }, { label: "Known ones, added to", value: n(c.merged) }, { label: "Known ones, nothing new", value: n(c.unchanged) },
  { label: "New people", value: n(c.peopleCreated) }, { label: "Known people", value: n(c.peopleKnown) }, { label: "Refused rows", value: n(c.refused) },
];
