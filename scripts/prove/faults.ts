import { spawnSync } from "node:child_process";
import type { Part } from "./part";

/** The control plane is built with it. */
const noGo = () => (spawnSync("go", ["version"]).status === 0 ? null : "no Go here: install Go 1.26.6 or newer");

/** Crashes, races and loss. */
export const faults: Part[] = [
  { name: "uploads", claim: "An upload cut at random bytes, by client and by server, resumes to the same digest", args: ["--project", "unit", "lib/uploads/tus-interrupted.test.ts"], env: { PROVE_UPLOADS: process.env.PROVE_UPLOADS ?? "200" } },
  { name: "gateway", claim: "Whatever replicas and callers do on their connections, a caller gets the whole answer of his own request, a problem or a cut connection, and the gateway keeps nothing of it", args: ["--project", "unit", "services/gateway/misbehaving-replicas.test.ts"], env: { PROVE_GATEWAY: process.env.PROVE_GATEWAY ?? "20000" } },
  { name: "kill-schedules", claim: "A worker killed at every point of every operation, and at random, leaves exactly the wanted replicas, no process without one and no open cost interval without one", args: ["--project", "kills", "e2e/process/kill-schedules.test.ts"], env: { PROVE_SCHEDULES: process.env.PROVE_SCHEDULES ?? "1000", PROVE_CELLS: process.env.PROVE_CELLS ?? "1000" } },
  { name: "audit-chain", claim: "Every edited, removed, added or exchanged row of the audit log is found; a change and its audit row are never apart", args: ["--project", "db", "lib/audit/chain-mutations.db.test.ts"], env: { PROVE_AUDIT_ROWS: process.env.PROVE_AUDIT_ROWS ?? "60" } },
  { name: "races", claim: "Requests that race with one Idempotency-Key have one effect; of writers that race with If-Match as many win as the version moves", args: ["--project", "db", "lib/api/races.db.test.ts"], env: { PROVE_RACES: process.env.PROVE_RACES ?? "10000" } },
  { name: "dump-and-restore", claim: "No string of a database dump is a usable token; database, artifacts and key restored on an empty machine are the same Slipway", args: ["--project", "process", "e2e/process/dump-and-restore.test.ts"], needsBuild: true },
  { name: "processes", claim: "kill -9 of any process, and of all at once, loses nothing and doubles nothing", args: ["--project", "process", "e2e/process/main-job.test.ts", "e2e/process/supervisor.test.ts", "e2e/process/embedded-postgres.test.ts"], needsBuild: true },
  { name: "many-deployments", claim: "500 deployments on a real control plane become ready, and a pass over them with nothing to do writes nothing and lists each kind once", args: ["--project", "cluster", "e2e/cluster/target.cluster.test.ts", "--testNamePattern", "many deployments"], env: { PROVE_DEPLOYMENTS: process.env.PROVE_DEPLOYMENTS ?? "500" }, missing: noGo },
  { name: "load-test", claim: "The load test measures what an independent tool (autocannon) measures of the same model server: medians of throughput and p50 within 15 %", args: ["--project", "unit", "lib/load-tests/autocannon.test.ts"], env: { PROVE_LOAD_ROUNDS: process.env.PROVE_LOAD_ROUNDS ?? "5" } },
];
