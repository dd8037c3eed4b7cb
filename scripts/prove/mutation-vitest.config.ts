import path from "node:path";
import { defineConfig } from "vitest/config";

// For Stryker alone (scripts/prove/mutation.ts): the unit tests beside the files that are mutated, without what starts a database.
const root = path.resolve(import.meta.dirname, "../..");
export default defineConfig({
  root,
  resolve: { alias: { "@": root } },
  test: { include: ["lib/{auth,net,uploads,reconciler,reconciler/canary}/*.test.ts"], exclude: ["**/*.db.test.ts", "lib/uploads/tus-*.test.ts", "lib/reconciler/decide.model.test.ts", "lib/net/guard-global-fetch.test.ts", "lib/net/guarded-fetch.test.ts"], testTimeout: 60_000 },
});
