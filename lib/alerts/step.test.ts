import fc from "fast-check";
import { expect, it } from "vitest";
import { quiet, step, type Verdict } from "@/lib/alerts/step";

const look = fc.record({ verdict: fc.constantFrom<Verdict>("breach", "clear", "between", "unknown"), afterMs: fc.integer({ min: 0, max: 60_000 }) });
const looks = fc.array(look, { maxLength: 60 });
const patience = fc.record({ forMs: fc.integer({ min: 0, max: 120_000 }), resolveMs: fc.integer({ min: 0, max: 120_000 }) });

type Look = { verdict: Verdict; at: number };
function walk(sequence: { verdict: Verdict; afterMs: number }[], p: { forMs: number; resolveMs: number }) {
  let at = 0;
  let standing = quiet(0);
  const seen: Look[] = [];
  const events: { event: "fired" | "resolved"; seen: Look[] }[] = [];
  for (const l of sequence) {
    at += l.afterMs;
    seen.push({ verdict: l.verdict, at });
    const turn = step(standing, l.verdict, at, p);
    standing = turn.standing;
    if (turn.event) events.push({ event: turn.event, seen: [...seen] });
  }
  return { events, standing };
}
/** How long the last looks, without a break, said this. */
function lasted(seen: Look[], verdict: Verdict): number {
  let from = seen.length;
  while (from > 0 && seen[from - 1]!.verdict === verdict) from--;
  return from === seen.length ? -1 : seen.at(-1)!.at - seen[from]!.at;
}

it("fires only after the condition held for as long as the rule asks, unbroken by anything, the unknown included", () => {
  fc.assert(fc.property(looks, patience, (l, p) => {
    for (const e of walk(l, p).events.filter((x) => x.event === "fired")) expect(lasted(e.seen, "breach")).toBeGreaterThanOrEqual(p.forMs);
  }), { numRuns: 1000 });
});

it("resolves only after it was clearly over for as long as the rule asks, unbroken by anything, the unknown included", () => {
  fc.assert(fc.property(looks, patience, (l, p) => {
    for (const e of walk(l, p).events.filter((x) => x.event === "resolved")) expect(lasted(e.seen, "clear")).toBeGreaterThanOrEqual(p.resolveMs);
  }), { numRuns: 1000 });
});

it("fires and resolves in turn, beginning with firing, and stands as the last of them says", () => {
  fc.assert(fc.property(looks, patience, (l, p) => {
    const { events, standing } = walk(l, p);
    expect(events.map((e) => e.event)).toEqual(events.map((_, i) => (i % 2 === 0 ? "fired" : "resolved")));
    expect(standing.phase === "firing").toBe(events.length % 2 === 1);
  }), { numRuns: 1000 });
});

it("says nothing at all while nothing is known", () => {
  fc.assert(fc.property(looks, patience, (l, p) => {
    const before = walk(l, p);
    let at = l.reduce((sum, x) => sum + x.afterMs, 0);
    let standing = before.standing;
    for (let i = 0; i < 50; i++) {
      const turn = step(standing, "unknown", (at += 60_000), p);
      expect(turn.event).toBeNull();
      standing = turn.standing;
    }
    expect(standing.phase).toBe(before.standing.phase === "firing" ? "firing" : "ok");
  }));
});

it("fires and resolves whenever it has been told for long enough", () => {
  fc.assert(fc.property(looks, patience, (l, p) => {
    const insist = (verdict: Verdict) => Array.from({ length: 6 }, () => ({ verdict, afterMs: 60_000 }));
    expect(walk([...l, ...insist("breach")], p).standing.phase).toBe("firing");
    expect(walk([...l, ...insist("clear")], p).standing.phase).toBe("ok");
  }));
});
