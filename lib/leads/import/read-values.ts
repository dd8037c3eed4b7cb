const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const NOTHING = /^(n\/?a|none|unknown|null|undefined|tbd|-+|–|—|\?)$/i;

/** Pure: a cell's text; null where it says that there is none. */
export function cellText(cell: string | undefined): string | null {
  const text = (cell ?? "").replace(/\s+/g, " ").trim();
  return text === "" || NOTHING.test(text) ? null : text;
}

/** Pure: a number of employees as lists write it ("51-100", "1,001+", "10 to 50 employees"); undefined where it is none. */
export function readEmployees(text: string): { min: number; max: number | null } | undefined {
  const said = text.toLowerCase().replace(/employees?|people/g, "").replace(/[,\s](?=\d{3}\b)/g, "").trim();
  // Spreadsheets take 1-10 and 11-50 for dates and save them so.
  const dated = /^(?:(\d{1,2})-([a-z]{3})|([a-z]{3})-(\d{1,2}))$/.exec(said);
  const month = MONTHS.indexOf(dated?.[2] ?? dated?.[3] ?? "") + 1;
  if (dated && month > 0) {
    const [a, b] = [month, Number(dated[1] ?? dated[4])].sort((x, y) => x - y) as [number, number];
    return { min: a, max: b };
  }
  const range = /^(\d+)\s*(?:-|–|—|to)\s*(\d+)$/.exec(said);
  if (range) return Number(range[1]) <= Number(range[2]) ? { min: Number(range[1]), max: Number(range[2]) } : undefined;
  const more = /^(?:(\d+)\s*\+|(?:more than|over|>)\s*(\d+))$/.exec(said);
  if (more) return { min: Number(more[1] ?? more[2]), max: null };
  return /^\d{1,8}$/.test(said) ? { min: Number(said), max: Number(said) } : undefined;
}

/** Pure: an amount in US dollars ("$12.5M", "12,500,000"); null for another currency, which is not converted; undefined where it is no amount. */
export function readUsd(text: string): number | null | undefined {
  if (/[€£¥₹]|\b(eur|gbp|jpy|inr|cny|chf|cad|aud|sek)\b/i.test(text)) return null;
  const found = /^(?:us)?\$?\s*(\d[\d,]*(?:\.\d+)?)\s*(k|m|mm|mn|million|b|bn|billion)?\s*(?:usd)?$/i.exec(text.trim());
  if (!found) return undefined;
  const unit = (found[2] ?? "").toLowerCase();
  const amount = Number(found[1]!.replaceAll(",", "")) * (unit === "" ? 1 : unit === "k" ? 1e3 : unit.startsWith("b") ? 1e9 : 1e6);
  return amount <= 9e12 ? Math.round(amount * 100) / 100 : undefined;
}

/** Pure: a day as lists write it; a month or year alone is its first day. undefined where it is none, or could be two. */
export function readDay(text: string): Date | undefined {
  const [, y, m = "1", d = "1"] = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:[T ].*)?$/.exec(text) ?? [];
  if (y) return day(Number(y), Number(m), Number(d));
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  if (dotted) return day(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]));
  // As American lists write it, but for a first number that is no month.
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (slashed) return Number(slashed[1]) > 12 ? day(Number(slashed[3]), Number(slashed[2]), Number(slashed[1])) : day(Number(slashed[3]), Number(slashed[1]), Number(slashed[2]));
  const named = /^([a-z]{3})[a-z]*\.?\s+(?:(\d{1,2}),?\s+)?(\d{4})$/i.exec(text);
  const month = MONTHS.indexOf((named?.[1] ?? "").toLowerCase()) + 1;
  return named && month > 0 ? day(Number(named[3]), month, Number(named[2] ?? "1")) : undefined;
}

function day(y: number, m: number, d: number): Date | undefined {
  const at = new Date(Date.UTC(y, m - 1, d));
  return y >= 1600 && y <= 2100 && at.getUTCMonth() === m - 1 && at.getUTCDate() === d ? at : undefined;
}

/** Pure: the year in a date or of its own. */
export const readYear = (text: string): number | undefined => {
  const year = readDay(text)?.getUTCFullYear() ?? Number(/^(?:c\. ?|~)?(\d{4})$/.exec(text)?.[1]);
  return year >= 1600 && year <= 2100 ? year : undefined;
};
