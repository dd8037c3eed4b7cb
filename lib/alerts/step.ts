export type AlertPhase = "ok" | "pending" | "firing";
/** `since` and `clearSince` in ms: when the phase began, and since when without a break the condition has been clearly over. */
export type Standing = { phase: AlertPhase; since: number; clearSince: number | null };
/** breach: over the threshold. clear: back on the good side by a margin. between: neither. unknown: nothing can be said. */
export type Verdict = "breach" | "clear" | "between" | "unknown";
export type Turn = { standing: Standing; event: "fired" | "resolved" | null };

/** How long a condition has to hold before it fires, and to be clear before it is resolved. */
export type Patience = { forMs: number; resolveMs: number };

export const quiet = (now: number): Standing => ({ phase: "ok", since: now, clearSince: null });

/**
 * Pure: where a rule stands after one more look. What is unknown never fires and never resolves: whatever
 * was about to happen begins anew. A firing alert that falls below its threshold but not clearly stays as it is (hysteresis).
 */
export function step(before: Standing, verdict: Verdict, now: number, { forMs, resolveMs }: Patience): Turn {
  const stay = (changes: Partial<Standing> = {}): Turn => ({ standing: { ...before, ...changes }, event: null });
  switch (before.phase) {
    case "ok":
      if (verdict !== "breach") return stay();
      return forMs > 0 ? { standing: { phase: "pending", since: now, clearSince: null }, event: null } : { standing: { phase: "firing", since: now, clearSince: null }, event: "fired" };
    case "pending":
      if (verdict !== "breach") return { standing: quiet(now), event: null };
      return now - before.since >= forMs ? { standing: { phase: "firing", since: now, clearSince: null }, event: "fired" } : stay();
    case "firing": {
      if (verdict !== "clear") return stay({ clearSince: null });
      const clearSince = before.clearSince ?? now;
      return now - clearSince >= resolveMs ? { standing: quiet(now), event: "resolved" } : stay({ clearSince });
    }
  }
}
