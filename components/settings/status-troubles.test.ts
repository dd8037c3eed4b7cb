import { expect, it } from "vitest";
import { troublesOf } from "@/components/settings/status-troubles";
import type { StatusDto } from "@/lib/health/schema";

const at = "2026-11-27T10:00:00.000Z";
const process = (kind: "web" | "worker" | "gateway", alive = true) => ({ kind, host: "h", pid: 1, startedAt: at, seenAt: at, alive });
const well: StatusDto = {
  at, processes: [process("web"), process("worker"), process("worker", false), process("gateway")], queues: [{ name: "reconcile", waiting: 1, oldestSeconds: 2 }, { name: "imports", waiting: 0, oldestSeconds: null }],
  database: { version: "18", sizeBytes: 1, connections: 5, maxConnections: 100, answerMs: 1 }, disk: { freeBytes: 50, totalBytes: 100 },
  jobs: [{ name: "sweep", everySeconds: 600, finishedAt: "2026-11-27T09:20:00.000Z", tookMs: 5, succeededAt: at, error: null }], sources: [{ target: "eks", kind: "prometheus", ok: null, message: null, checkedAt: null }], readiness: { database: "ok", gateway: "ok" },
};

it("says nothing while all is well, and one sentence for each thing that is not", () => {
  expect(troublesOf(well)).toEqual([]);
  const cases: [Partial<StatusDto>, RegExp][] = [
    [{ processes: [process("web"), process("worker", false), process("gateway")] }, /No worker/],
    [{ queues: [{ name: "reconcile", waiting: 3, oldestSeconds: 90 }] }, /reconcile; the oldest has waited/],
    [{ jobs: [{ ...well.jobs[0]!, error: "TypeError" }] }, /sweep failed/],
    [{ jobs: [{ ...well.jobs[0]!, finishedAt: "2026-11-27T08:00:00.000Z" }] }, /not run for 2 h/],
    [{ database: { ...well.database, connections: 90 } }, /90 of at most 100/],
    [{ disk: { freeBytes: 5, totalBytes: 100 } }, /left/],
    [{ sources: [{ ...well.sources[0]!, ok: false, message: "It timed out." }] }, /eks does not answer: It timed out/],
  ];
  for (const [change, words] of cases) expect(troublesOf({ ...well, ...change })).toEqual([expect.stringMatching(words)]);
});
