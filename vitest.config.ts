import os from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";

const retry = Number(process.env.SLIPWAY_TEST_RETRIES ?? "0");

/** The longest of e2e/process: a project of its own, since projects of one group begin in the order of their names, and what takes longest has to begin first. */
const KILLS = "e2e/process/kill-schedules.test.ts";
/** Those of e2e/process with nothing beside them: one counts bytes that are under way, the other installs what another file installs too. */
const ALONE = ["e2e/process/fetch-files.test.ts", "e2e/process/eks.test.ts"];
const processes = { retry, testTimeout: 300_000, hookTimeout: 300_000 };
/** Two files at a time: each mostly waits for processes of its own, which have a data directory and ports of their own. */
const twoAtOnce = { maxWorkers: 2, sequence: { groupOrder: 1 } };

// Seven projects, so that the fast one never waits for a database:
//   unit     beside the source, no I/O beyond temporary files
//   db       *.db.test.ts, on a real PostgreSQL that e2e/db-setup.ts starts once
//   kills, process, process-alone
//            e2e/process/, real processes, kill -9 included
//   trust    e2e/trust/, attacks on one running instance of the production build
//   cluster  e2e/cluster/, on a real Kubernetes control plane (npm run test:cluster)
export default defineConfig({
  resolve: { alias: { "@": path.resolve(import.meta.dirname) } },
  test: {
    teardownTimeout: 60_000, // a whole instance stops in order
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{lib,services,components,app,scripts}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.db.test.ts", "**/node_modules/**"],
          maxWorkers: Math.max(2, os.availableParallelism() - 1), // left to itself, Vitest would use one of two processors
          testTimeout: 60_000, // a deadline for a loaded machine, never a claim about speed
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: ["{lib,services,app}/**/*.db.test.ts"],
          globalSetup: ["./e2e/db-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { extends: true, test: { ...processes, ...twoAtOnce, name: "kills", include: [KILLS] } },
      { extends: true, test: { ...processes, ...twoAtOnce, name: "process", include: ["e2e/process/**/*.test.ts"], exclude: [KILLS, ...ALONE] } },
      { extends: true, test: { ...processes, name: "process-alone", include: ALONE, fileParallelism: false } },
      {
        extends: true,
        test: {
          name: "cluster",
          retry,
          include: ["e2e/cluster/**/*.cluster.test.ts"],
          globalSetup: ["./e2e/db-setup.ts", "./e2e/cluster/setup.ts"],
          testTimeout: 600_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: "trust",
          retry,
          include: ["e2e/trust/**/*.test.ts"],
          globalSetup: ["./e2e/trust/setup.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false, // limits and the data directory's hash are the instance's, not the file's
        },
      },
    ],
  },
});
