import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { matrixPowerModel } from "@/services/model-server/__fixtures__/onnx-model";
import { startGatewayProcess } from "./__fixtures__/start-gateway-process";
import { newRef, putBlob, revision, spec, tinyModel, waitFor } from "./__fixtures__/test-gateway";
import { PidFile } from "./pid-file";
import { readProcess } from "./proc";

const pidsOf = (dir: string) => (JSON.parse(readFileSync(path.join(dir, "run", "replicas.json"), "utf8")) as { pid: number }[]).map((e) => e.pid);

test.skipIf(process.platform !== "linux")("a killed gateway leaves no replica, idle or computing, and the next one serves what is applied again", async () => {
  const dir = mkdtempSync(path.join(tmpdir(), "slipway-kill-"));
  const first = await startGatewayProcess(dir);
  const ref = newRef();
  const s = spec(ref, [revision(1, [putBlob(dir, tinyModel())])], { scaling: { min: 2, max: 2, targetConcurrency: 4 } });
  const busyRef = newRef();
  const size = 500;
  await first.target.apply(s);
  await first.target.apply(spec(busyRef, [revision(1, [putBlob(dir, matrixPowerModel(200))])]));
  await waitFor(first.target, ref, (o) => o.revisions[0]?.ready === 2);
  await waitFor(first.target, busyRef, (o) => o.revisions[0]?.ready === 1);
  const pids = pidsOf(dir);
  expect(pids).toHaveLength(3);
  fetch(`http://127.0.0.1:${first.port}/serve/${busyRef.project}/${busyRef.deployment}/v2/models/m/infer`, {
    method: "POST", body: JSON.stringify({ inputs: [{ name: "x", datatype: "FP32", shape: [size, size], data: new Array(size * size).fill(0.001) }] }),
  }).catch(() => {});
  await new Promise((r) => setTimeout(r, 150));
  first.child.kill("SIGKILL");
  await once(first.child, "exit");
  while (pids.some((pid) => readProcess(pid) !== null)) await new Promise((r) => setTimeout(r, 5));

  const second = await startGatewayProcess(dir);
  expect(await second.target.observe(ref)).toEqual({ exists: false });
  await second.target.apply(s);
  await waitFor(second.target, ref, (o) => o.revisions[0]?.ready === 2);
  expect(pidsOf(dir)).toHaveLength(2);
  const last = pidsOf(dir);
  second.child.kill("SIGKILL");
  await once(second.child, "exit");
  while (last.some((pid) => readProcess(pid) !== null)) await new Promise((r) => setTimeout(r, 5));
  rmSync(dir, { recursive: true, force: true });
}, 120_000);

test.skipIf(process.platform !== "linux")("what an earlier gateway left is ended by pid and start time, and a stranger with its pid is spared", async () => {
  const dir = mkdtempSync(path.join(tmpdir(), "slipway-pids-"));
  const file = path.join(dir, "replicas.json");
  const ours = spawn("sleep", ["60"]);
  const stranger = spawn("sleep", ["60"]);
  const before = new PidFile(file);
  before.add(ours.pid!);
  before.add(stranger.pid!);
  writeFileSync(file, readFileSync(file, "utf8").replace(`{"pid":${stranger.pid},"startTicks":`, `{"pid":${stranger.pid},"startTicks":1`));
  const gone = once(ours, "exit");
  expect(await new PidFile(file).killLeftovers()).toEqual([ours.pid]);
  await gone;
  expect(readProcess(stranger.pid!)).not.toBeNull();
  stranger.kill("SIGKILL");
  rmSync(dir, { recursive: true, force: true });
});
