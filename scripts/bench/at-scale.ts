import { setTimeout as sleep } from "node:timers/promises";
import { type Bench, median, quantile, type Result } from "./context";
import { timedRequest } from "./model-server";
import { seed } from "./seed";

/** The deployments page, the API's list and the idle reconcile pass, with few deployments and with many. */
export async function atScale(bench: Bench): Promise<Result[]> {
  const many = bench.quick ? 1000 : 10_000;
  const { slipway, pool, cookie } = bench;
  await seed(bench, "few", 10);
  const requests = bench.quick ? 20 : 60;
  // 100 deployments, all told, for the small side of the reconcile pass.
  await seed(bench, "hundred", 90);
  const small = await passes(bench);
  await seed(bench, "many", many - 100);
  const large = await passes(bench);

  const page = (project: string) => timedRequest(`${slipway.base}/app/${project}/deployments`, { headers: { cookie } });
  const list = () => timedRequest(`${slipway.base}/api/v1/projects/many/deployments`, { headers: { authorization: `Bearer ${slipway.token}` } });
  const empty = () => timedRequest(`${slipway.base}/healthz`);
  // The statement itself, prepared as the product prepares it; not those of the token and the project, which count against the product.
  const manyId = (await pool.query<{ id: string }>(`SELECT id FROM "Project" WHERE slug = 'many'`)).rows[0]!.id;
  const { listDeploymentsQuery, listStatement } = await import("@/lib/deployments/list-deployments");
  const statement = listStatement(manyId, listDeploymentsQuery.parse({}));
  const sql = async () => {
    const began = performance.now();
    await pool.query(statement);
    return performance.now() - began;
  };
  for (const project of ["few", "many"]) await holdsRows(`${slipway.base}/app/${project}/deployments`, cookie);
  for (let i = 0; i < 10; i++) { await page("few"); await page("many"); await list(); await empty(); await sql(); }
  const p95 = { few: [] as number[], many: [] as number[] };
  const p50 = { list: [] as number[], empty: [] as number[], sql: [] as number[] };
  for (let round = 0; round < bench.rounds; round++) {
    const took = { few: [] as number[], many: [] as number[], list: [] as number[], empty: [] as number[], sql: [] as number[] };
    for (let i = 0; i < requests; i++) {
      // Each after the same pause, and each pair in either order: what one leaves to collect must not always be the other's to pay.
      const turns = [["few", () => page("few")], ["many", () => page("many")], ["list", list], ["empty", empty], ["sql", sql]] as const;
      for (const [name, ask] of i % 2 === 0 ? turns : turns.toReversed()) {
        await sleep(10);
        took[name].push(await ask());
      }
    }
    p95.few.push(quantile(took.few, 0.95)); p95.many.push(quantile(took.many, 0.95));
    for (const key of ["list", "empty", "sql"] as const) p50[key].push(median(took[key]));
  }
  const pageRatio = median(p95.many) / median(p95.few);
  const listRatio = median(p50.list) / (median(p50.empty) + median(p50.sql));
  const passRatio = large.usPerDeployment / small.usPerDeployment;
  const ms = (values: number[]) => `${median(values).toFixed(2)} ms`;
  return [
    { name: `deployments page p95, ${many - 100} / 10 deployments`, value: pageRatio, unit: "×", goal: "≤ 1.5", met: pageRatio <= 1.5, values: { many: ms(p95.many), few: ms(p95.few) } },
    { name: "API list p50 / empty Next route + the same SQL", value: listRatio, unit: "×", goal: "≤ 1.3", met: listRatio <= 1.3, values: { list: ms(p50.list), "/healthz": ms(p50.empty), "SQL through node-postgres": ms(p50.sql) }, note: "the product has no empty route: /healthz stands for it, and the SQL is timed beside it in the same run, without a token check" },
    { name: `idle reconcile pass per deployment, ${large.checked} / ${small.checked}`, value: passRatio, unit: "×", goal: "≤ 1.2", met: passRatio <= 1.2, values: { large: `${large.usPerDeployment.toFixed(1)} µs`, small: `${small.usPerDeployment.toFixed(1)} µs` }, note: "the resync of the local target, its answer over HTTP included; the deployments are stopped" },
    { name: "writes of idle reconcile passes", value: large.writes + small.writes, unit: "rows", goal: "0", met: large.writes + small.writes === 0, values: { large: String(large.writes), small: String(small.writes) } },
  ];
}

/** A page that arrived without its rows would be measured as a fast one. */
async function holdsRows(url: string, cookie: string): Promise<void> {
  const html = await (await fetch(url, { headers: { cookie } })).text();
  const rows = html.match(/<a[^>]* data-row-link="true"[^>]*>d-\d+</g)?.length ?? 0;
  if (rows < 10) throw new Error(`${new URL(url).pathname} came with ${rows} rows`);
}

/** The pass the worker makes over a target at rest, made here by the same code against the same gateway and database. */
async function passes({ pool, rounds }: Bench): Promise<{ usPerDeployment: number; checked: number; writes: number }> {
  const { resync } = await import("@/lib/reconciler/resync");
  const { targetOf } = await import("@/lib/targets/registry");
  const { rows } = await pool.query<{ id: string; slug: string; kind: string; config: unknown }>(`SELECT id, slug, kind, config FROM "Target" WHERE slug = 'local'`);
  const row = rows[0]!;
  const target = targetOf(row);
  const count = async () => Number((await pool.query<{ n: string }>(`SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) AS n FROM pg_stat_user_tables WHERE relname IN ('Deployment', 'DeploymentEvent', 'Revision')`)).rows[0]!.n);
  // An idle connection of the server hands its counters on up to ten seconds late: what was written before must not count as written now.
  const written = async () => {
    let last = await count();
    for (let quietMs = 0; quietMs < 12_000; quietMs += 1000) {
      await sleep(1000);
      const now = await count();
      if (now !== last) quietMs = -1000;
      last = now;
    }
    return last;
  };
  await resync(pool, row.id, target);
  const before = await written();
  const took: number[] = [];
  let checked = 0;
  for (let round = 0; round < rounds * 4; round++) {
    const began = performance.now();
    const pass = await resync(pool, row.id, target);
    if (pass.drifted > 0) throw new Error(`${pass.drifted} deployments were not at rest`);
    took.push(performance.now() - began);
    checked = pass.checked;
  }
  return { usPerDeployment: (median(took) * 1000) / checked, checked, writes: (await written()) - before };
}
