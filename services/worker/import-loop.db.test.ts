import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { createLogger } from "@/lib/logger";
import { getImport } from "@/lib/models/import/get-import";
import { queueImport } from "@/lib/models/import/queue-import";
import { makeWorld, tester } from "@/lib/reconciler/__fixtures__/deploy-world";
import { runImportLoop } from "@/services/worker/import-loop";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-import-loop-"));
let connections = 0;
const bystander = http.createServer().on("connection", () => connections++);
useTestDatabase({ SLIPWAY_DATA_DIR: folder });
beforeAll(async () => {
  await new Promise<void>((done) => bystander.listen(0, "127.0.0.1", done));
});
afterAll(async () => {
  bystander.close();
  fs.rmSync(folder, { recursive: true });
});

it("takes an import up as it is queued, with nothing of this machine's network in reach, and leaves what comes after its stop", async () => {
  const { projectId } = await makeWorld();
  const request = { url: `https://127.0.0.1:${(bystander.address() as AddressInfo).port}/model.onnx` };
  const loop = runImportLoop("w", createLogger("worker"));
  const { id } = await queueImport(tester, projectId, "iris", request);
  await vi.waitFor(async () => expect(await getImport(projectId, "iris", id)).toMatchObject({ state: "failed", error: expect.stringContaining("127.0.0.1") }), 10_000);
  expect(connections).toBe(0);
  await loop.stop();
  const after = await queueImport(tester, projectId, "iris", request);
  expect(await getImport(projectId, "iris", after.id)).toMatchObject({ state: "queued", attempts: 0 });
});
