import { describe, expect, it } from "vitest";
import { firstWindow } from "@/components/deployments/metric-window";

describe("the window a page opens with", () => {
  const now = Date.parse("2026-11-27T10:00:00Z");
  it.each([[0, "5m"], [3, "5m"], [4, "15m"], [11, "15m"], [12, "1h"], [10_000, "1h"]] as const)("is short for a deployment of %i minutes: %s", (minutes, window) => {
    expect(firstWindow(new Date(now - minutes * 60_000).toISOString(), now)).toBe(window);
  });
});
