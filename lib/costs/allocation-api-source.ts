import { addParts, addUsd, addUse, asked } from "@/lib/costs/allocation-math";
import type { Allocation, AllocationAnswer, AllocationDay, CostSource } from "@/lib/costs/cost-source";
import { AGGREGATE_LABELS, readAllocationSet, type ReadAllocation } from "@/lib/costs/read-allocation-set";
import { AppError } from "@/lib/errors";
import { guardedFetch, readBody } from "@/lib/net/guarded-fetch";
import { COST_SERVER_VETTING } from "@/lib/net/vet-cost-server";

export const COST_SERVER_KINDS = ["kubecost", "opencost"] as const;
export type CostServerKind = (typeof COST_SERVER_KINDS)[number];

export type CostServer = {
  kind: CostServerKind;
  /** Without a path to the API: http://kubecost.internal:9090 */
  url: string;
  /** What it is asked with, for a server behind a gate. */
  header: { name: string; value: string } | null;
  /** The mark of this Slipway on what it made there; rows of another one are not ours. */
  instance: string;
};

/** An answer for text. Injected by tests. */
export type Ask = (url: string, headers: Record<string, string>, signal?: AbortSignal) => Promise<{ status: number; text: string; date: Date | null }>;

const DAY_MS = 86_400_000;
const MAX_BYTES = 32 << 20;
const TIMEOUT_MS = 60_000;
/** A clock that is off by less is nobody's concern. */
const SKEW_MS = 120_000;
const SAME_MS = 60_000;
/** Figures that end this much before they should are said to be behind. */
const BEHIND_MS = 15 * 60_000;
const WORDS: Record<CostServerKind, string> = { kubecost: "Kubecost", opencost: "OpenCost" };

const overHttp: Ask = async (url, headers, signal) => {
  const answer = await guardedFetch(url, { headers: { accept: "application/json", ...headers }, maxRedirects: 0, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS, allow: COST_SERVER_VETTING, signal });
  const date = answer.headers.date ? new Date(answer.headers.date) : null;
  return { status: answer.status, text: (await readBody(answer)).toString("utf8"), date: date && !Number.isNaN(date.getTime()) ? date : null };
};

export type ApiAllocation = Allocation & { days: AllocationDay[] };

/**
 * Kubecost 2.x and 3.x or OpenCost, asked one UTC day at a time so that no answer is larger than a day's. The filter is sent, and what comes
 * back is filtered again: some servers do not read it. Idle and what is not ours are kept apart. Throws bad_gateway in words.
 */
export function allocationApiSource(server: CostServer, ask: Ask = overHttp): CostSource<ApiAllocation> {
  const who = WORDS[server.kind];
  return {
    name: server.kind,
    async allocations(query) {
      const to = new Date(Math.min(query.window.to.getTime(), query.now.getTime()));
      const perKey = new Map<string, { kind: ReadAllocation["kind"]; deploymentId: string | null; projectId: string | null; days: AllocationDay[] }>();
      let coveredTo: number | null = null;
      let skewMs = 0;
      for (const [from, until] of daysOf(query.window.from, to)) {
        const { text, date } = await askPage(server, who, ask, from, until, query.signal);
        if (date) skewMs = date.getTime() - query.now.getTime();
        const rows = readAllocationSet(text, who).map((r) => owned(r, server.instance));
        refuseOtherDays(rows, who, from);
        for (const r of rows) if (r.to) coveredTo = Math.max(coveredTo ?? 0, Math.min(r.to.getTime(), until.getTime()));
        for (const [key, group] of Map.groupBy(rows, (r) => `${r.kind} ${r.deploymentId ?? ""}`)) {
          const first = group[0]!;
          const entry = perKey.get(key) ?? { kind: first.kind, deploymentId: first.deploymentId, projectId: first.projectId, days: [] };
          entry.days.push({ day: from.toISOString().slice(0, 10), parts: addParts(group.map((r) => r.parts)), total: addUsd(group.map((r) => r.total)), use: addUse(group.map((r) => r.use)) });
          perKey.set(key, entry);
        }
      }
      const allocations = [...perKey.values()].filter((a) => asked(a, query)).map((a) => ({
        kind: a.kind, deploymentId: a.deploymentId, projectId: a.projectId, days: a.days, parts: addParts(a.days.map((d) => d.parts)), total: addUsd(a.days.map((d) => d.total)),
        replicaSeconds: null, perDay: a.days.map(({ day, total }) => ({ day, total })),
      }));
      return {
        allocations, covered: { from: query.window.from, to: coveredTo === null ? query.window.from : new Date(coveredTo) },
        currency: "USD", estimate: server.kind === "opencost", source: who, notes: notesOf(who, server.kind, to, coveredTo, skewMs),
      } satisfies AllocationAnswer<ApiAllocation>;
    },
  };
}

/** Where and what is asked for one page of a window. Pure. */
export function allocationUrl(server: Pick<CostServer, "kind" | "url" | "instance">, from: Date, to: Date): string {
  const url = new URL(`${server.url.replace(/\/+$/, "").replace(/\/model$/, "")}${server.kind === "kubecost" ? "/model" : ""}/allocation`);
  const at = (d: Date) => d.toISOString().replace(/\.\d{3}Z$/, "Z");
  url.searchParams.set("window", `${at(from)},${at(to)}`);
  url.searchParams.set("aggregate", AGGREGATE_LABELS.map((l) => `label:${l}`).join(","));
  url.searchParams.set("accumulate", "true");
  // Each reads its own name for the same thing, and passes over the other's.
  url.searchParams.set(server.kind === "kubecost" ? "idle" : "includeIdle", "true");
  url.searchParams.set("shareIdle", "false");
  url.searchParams.set("filter", `label[${AGGREGATE_LABELS[0]}]:"${server.instance}"`);
  return url.href;
}

async function askPage(server: CostServer, who: string, ask: Ask, from: Date, to: Date, signal?: AbortSignal) {
  const { status, text, date } = await ask(allocationUrl(server, from, to), server.header ? { [server.header.name]: server.header.value } : {}, signal);
  if (status === 401 || status === 403) throw new AppError("bad_gateway", `${who} refused (${status}). Check the header it is asked with.`);
  if (status >= 300 && status < 400) throw new AppError("bad_gateway", `${who} sends elsewhere (${status}), most likely to a sign-in page. Give the URL of its API and the header that opens it.`);
  if (status === 404) throw new AppError("bad_gateway", `${who} knows no allocations at this URL (404). ${server.kind === "kubecost" ? "Kubecost answers on the port of its frontend, 9090" : "OpenCost answers on port 9003"}; give the URL without a path.`);
  // A refusal in JSON says why; readAllocationSet repeats it.
  if (status >= 400 && !text.trimStart().startsWith("{")) throw new AppError("bad_gateway", `${who} answered ${status}.`);
  if (status >= 400) { readAllocationSet(text, who); throw new AppError("bad_gateway", `${who} answered ${status}.`); }
  return { text, date };
}

/** Servers that keep sums by day answer with all the days that a window touches; where theirs are not UTC's, that is two of them, which would be counted as one. */
function refuseOtherDays(rows: readonly ReadAllocation[], who: string, from: Date): void {
  const midnight = Math.floor(from.getTime() / DAY_MS) * DAY_MS;
  const other = rows.find((r) => r.window && (r.window.from.getTime() < midnight - SAME_MS || r.window.to.getTime() > midnight + DAY_MS + SAME_MS))?.window;
  if (other) throw new AppError("bad_gateway", `${who} was asked for a UTC day, ${from.toISOString().slice(0, 10)}, and summed up ${other.from.toISOString()} to ${other.to.toISOString()}: its days begin at another hour. Set its time zone to UTC.`);
}

/** A row with another mark is another Slipway's: no deployment of ours, whatever its id. */
const owned = (r: ReadAllocation, instance: string): ReadAllocation => (r.kind === "deployment" && r.instance !== null && r.instance !== instance ? { ...r, kind: "other", deploymentId: null, projectId: null } : r);

/** A window cut at each UTC midnight. */
export function daysOf(from: Date, to: Date): [Date, Date][] {
  const pages: [Date, Date][] = [];
  for (let at = from.getTime(); at < to.getTime(); ) {
    const next = Math.min(to.getTime(), (Math.floor(at / DAY_MS) + 1) * DAY_MS);
    pages.push([new Date(at), new Date(next)]);
    at = next;
  }
  return pages;
}

function notesOf(who: string, kind: CostServerKind, to: Date, coveredTo: number | null, skewMs: number): string[] {
  const minutes = (ms: number) => `${Math.round(Math.abs(ms) / 60_000)} minutes`;
  return [
    ...(kind === "opencost" ? ["OpenCost reckons with list prices; spot is at its market price only where a spot data feed is set up for it."] : []),
    ...(Math.abs(skewMs) > SKEW_MS ? [`The clock of ${who} is ${minutes(skewMs)} ${skewMs > 0 ? "ahead of" : "behind"} this machine's.`] : []),
    ...(coveredTo === null ? [`${who} has no figures for this time.`] : to.getTime() - coveredTo > BEHIND_MS ? [`The figures of ${who} end ${minutes(to.getTime() - coveredTo)} before the time asked for.`] : []),
  ];
}
