import path from "node:path";
import { Stryker } from "@stryker-mutator/core";
import { reportProof } from "@/e2e/report-proof";
import { judgeMutants, MUTATED } from "./mutation-score";

// `npm run prove -- --only mutation` (PROVE_MUTATION_AREAS names some of the areas alone): changes the source in small ways, one at a time, and counts how many the unit tests notice.
// The pure core of each area only: what needs a database or a server is held by other suites, and would take hours here. Words for people are not changed.
const root = path.resolve(import.meta.dirname, "../..");
process.chdir(root);
// What the tests themselves count is not what is proven here.
const report = process.env.PROVE_REPORT;
delete process.env.PROVE_REPORT;
const asked = process.env.PROVE_MUTATION_AREAS?.split(",") ?? Object.keys(MUTATED);
const areas = Object.fromEntries(Object.entries(MUTATED).filter(([area]) => asked.includes(area)));
const results = await new Stryker({
  testRunner: "vitest", vitest: { configFile: "scripts/prove/mutation-vitest.config.ts" }, plugins: ["@stryker-mutator/vitest-runner"],
  mutate: Object.values(areas).flat(), mutator: { excludedMutations: ["StringLiteral"] },
  concurrency: Number(process.env.PROVE_MUTATION_CONCURRENCY ?? 1), coverageAnalysis: "perTest", ignoreStatic: true, timeoutMS: 30_000, timeoutFactor: 3,
  reporters: ["clear-text", "progress-append-only"], clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: false }, allowConsoleColors: false, checkers: [], disableTypeChecks: false,
  ignorePatterns: [".next", "dist", ".slipway", "content", "public", "docs", "examples", "e2e/cluster", "test-results", "deploy"], tempDirName: ".stryker-tmp", cleanTempDir: "always",
}).runMutationTest();

const scores = judgeMutants(results.map((r) => ({ file: path.relative(root, r.fileName).replace(/^\.stryker-tmp\/[^/]+\//, ""), status: r.status })), areas);
if (report) process.env.PROVE_REPORT = report;
for (const s of scores) reportProof(`${s.area} ${s.percent.toFixed(1)} % of ${s.counted} mutants`);
console.log(scores);
process.exit(scores.length > 0 && scores.every((s) => s.percent >= 80) ? 0 : 1);
