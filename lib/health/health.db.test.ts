import { expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { db } from "@/lib/db/client";
import { keepBeating } from "@/lib/health/beat";
import { countLeaseLoss } from "@/lib/health/loop-metrics";
import { ownMetrics } from "@/lib/health/own-metrics";
import { readStatus } from "@/lib/health/read-status";
import { createLogger } from "@/lib/logger";
import { deploy, makeWorld } from "@/lib/reconciler/__fixtures__/deploy-world";
import { noted } from "@/services/worker/note-run";

useTestDatabase();

it("tells of every process that was heard of, of what waits and of how jobs went; names no tenant, and a gone process no more", async () => {
  const { projectId, slug } = await makeWorld();
  await deploy(projectId, "secret-name");
  countLeaseLoss();
  const detail = { metrics: '# HELP slipway_lease_losses_total x\n# TYPE slipway_lease_losses_total counter\nslipway_lease_losses_total 7\n' };
  const now = new Date();
  await db().processBeat.createMany({ data: [
    { id: "w", kind: "worker", host: "other", pid: 9, startedAt: now, seenAt: now, detail }, { id: "gone", kind: "worker", host: "gone", pid: 8, startedAt: now, seenAt: new Date(now.getTime() - 60_000), detail },
  ] });
  const job = { name: "sweep", everyMs: 1000, run: async () => undefined };
  await noted(job, async () => undefined);
  await expect(noted(job, () => Promise.reject(new TypeError("with a password in it")))).rejects.toThrow("password");

  const text = await ownMetrics();
  expect(text).toMatch(/^slipway_lease_losses_total\{process="worker",instance_id="other:9"\} 7$/m);
  expect(text).toMatch(/^slipway_lease_losses_total\{process="web",[^}]*\} 1$/m);
  expect(text.match(/^# TYPE slipway_lease_losses_total/gm)).toHaveLength(1);
  expect(text).toContain('slipway_processes{process="worker"} 1');
  expect(text).toContain('slipway_queue_waiting{queue="reconcile"} 1');
  expect(text).toContain('slipway_job_failing{job_name="sweep"} 1');
  expect(text).toContain("slipway_database_up 1");
  for (const name of [slug, "secret-name", projectId, "gone:8"]) expect(text).not.toContain(name);

  const status = await readStatus();
  expect(status.processes.map((p) => [p.host, p.alive])).toEqual([["other", true], ["gone", false]]);
  expect(status.jobs).toMatchObject([{ name: "sweep", error: "TypeError", succeededAt: expect.any(String) }]);
  expect(JSON.stringify(status)).not.toContain("password");
  expect(status.database.connections).toBeGreaterThan(0);
});

it("a process is there from its first moment, and leaves the list when it is stopped", async () => {
  const beat = keepBeating("web", createLogger("web"));
  await beat.stop();
  expect(await db().processBeat.count({ where: { kind: "web" } })).toBe(0);
});
