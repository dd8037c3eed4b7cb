import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { stringify } from "yaml";
import { expressionOf } from "@/lib/alerts/prometheus-rule";
import { conditionSchema } from "@/lib/alerts/schema";
import { deploymentDashboard } from "@/lib/observability/grafana/deployment-dashboard";
import { fleetDashboard } from "@/lib/observability/grafana/fleet-dashboard";
import { DIALECTS } from "@/lib/observability/promql/dialects";

// Prometheus' parser itself, beside its grammar in the other tests: promtool comes with the package of Prometheus.
const PROMTOOL = "/usr/bin/promtool";
const NAMES = Object.keys(DIALECTS) as (keyof typeof DIALECTS)[];
const where = { namespace: "slipway-a", name: "m-x", accelerators: 1, edge: { kind: "envoy", route: "httproute/ns/m/rule/0" } } as const;

it.skipIf(!fs.existsSync(PROMTOOL))("every query of every dashboard and exported alert is taken by Prometheus' own parser", () => {
  const boards = [...NAMES.map((n) => deploymentDashboard({ uid: "x", project: "p", deployment: "d", slipwayUrl: "https://s.example", dialect: DIALECTS[n], ...where })), fleetDashboard({ uid: "f", target: "eks", namespacePrefix: "slipway-", dialects: Object.values(DIALECTS), slipwayUrl: "https://s.example" })];
  const queries = boards.flatMap((b) => (b.panels as { targets?: { expr: string }[] }[]).flatMap((p) => (p.targets ?? []).map((t) => t.expr.replaceAll("$__rate_interval", "2m"))));
  const conditions = [{ kind: "latency", thresholdMs: 200 }, { kind: "errorRate", thresholdPercent: 0.5 }, { kind: "burnRate", objectivePercent: 99.9 }, { kind: "saturation", waitingPerReplica: 4 }, { kind: "noTraffic" }, { kind: "crashLoop", failures: 3 }].map((c) => conditionSchema.parse(c));
  const alerts = NAMES.flatMap((n) => conditions.map((c) => expressionOf(c, { dialect: DIALECTS[n], revision: null, window: "5m", ...where })).flatMap((m) => ("expr" in m ? [m.expr] : [])));
  expect(queries.length + alerts.length).toBeGreaterThan(100);
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-promtool-"));
  try {
    const check = (expressions: string[]) => {
      const file = path.join(dir, "rules.yml");
      fs.writeFileSync(file, stringify({ groups: [{ name: "all", rules: expressions.map((expr, i) => ({ record: `r_${i}`, expr })) }] }));
      return spawnSync(PROMTOOL, ["check", "rules", file], { encoding: "utf8" });
    };
    const result = check([...queries, ...alerts]);
    expect(result.status, result.stderr).toBe(0);
    expect(check(["sum by (le (rate(x[5m])))"]).status).not.toBe(0);
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
});
