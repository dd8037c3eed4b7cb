import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Build } from "@/e2e/cluster/build";
import type { ControlPlane } from "@/e2e/cluster/control-plane";
import { makeTarget, settingsOf } from "@/e2e/cluster/make-target";
import { revisionOf, specOf } from "@/e2e/cluster/specs";
import { renderDeployment } from "@/lib/targets/kubernetes/manifests/render";
import { median } from "@/scripts/bench/context";

const DEPLOYMENTS = Number(process.env.BENCH_DEPLOYMENTS ?? 20);
const ROUNDS = 3;
const AT_ONCE = 8;

/** Slipway's apply against `kubectl apply --server-side` of the same manifests, on one control plane, in turns. */
export async function measureApply(plane: ControlPlane, build: Build, print: (line: string) => void): Promise<void> {
  const rates: Record<"one at a time" | "eight at a time" | "kubectl", number[]> = { "one at a time": [], "eight at a time": [], kubectl: [] };
  let requestsPerApply = 0;
  let objectsPerApply = 0;
  for (let round = 0; round < ROUNDS; round++) {
    // The namespace's own objects stand already, for all three: what is measured is deployments.
    for (const way of ["one at a time", "eight at a time"] as const) {
      const settings = settingsOf();
      const target = makeTarget(plane.kubeconfig(), settings);
      await target.apply(specOf([revisionOf(1)]));
      const specs = Array.from({ length: DEPLOYMENTS }, () => specOf([revisionOf(1)]));
      const objects = specs.reduce((sum, s) => sum + renderDeployment(s, settings).length, 0);
      const before = target.client.requests;
      const began = performance.now();
      const queue = [...specs];
      await Promise.all(Array.from({ length: way === "one at a time" ? 1 : AT_ONCE }, async () => {
        for (let spec = queue.pop(); spec; spec = queue.pop()) await target.apply(spec);
      }));
      rates[way].push(objects / ((performance.now() - began) / 1000));
      requestsPerApply = (target.client.requests - before) / DEPLOYMENTS;
      objectsPerApply = objects / DEPLOYMENTS;
      target.close();
    }
    const settings = settingsOf();
    const warm = renderDeployment(specOf([revisionOf(1)]), settings);
    plane.create(warm);
    const objects = Array.from({ length: DEPLOYMENTS }, () => renderDeployment(specOf([revisionOf(1)]), settings)).flat();
    const file = path.join(os.tmpdir(), `slipway-bench-${process.pid}.json`);
    fs.writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }));
    const began = performance.now();
    const result = spawnSync(build.bin("kubectl"), ["--kubeconfig", plane.kubeconfig(), "apply", "--server-side", "-f", file], { encoding: "utf8" });
    rates.kubectl.push(objects.length / ((performance.now() - began) / 1000));
    fs.rmSync(file);
    if (result.status !== 0) throw new Error(result.stderr);
  }
  print(`\n${os.availableParallelism()} cores, load average ${os.loadavg()[0]!.toFixed(1)} at the end; ${DEPLOYMENTS} deployments of ${objectsPerApply} objects, ${ROUNDS} rounds in turns`);
  for (const [way, values] of Object.entries(rates)) print(`  ${(way === "kubectl" ? "kubectl apply --server-side" : `Slipway, ${way}`).padEnd(28)} ${median(values).toFixed(0).padStart(5)} objects/s  (${values.map((v) => v.toFixed(0)).join(", ")})`);
  print(`  requests a first apply: ${requestsPerApply.toFixed(1)} for ${objectsPerApply} objects and two writes of its own state`);
  print(`  to kubectl: ${(median(rates["eight at a time"]) / median(rates.kubectl)).toFixed(2)} times as many objects a second, eight at a time; ${(median(rates["one at a time"]) / median(rates.kubectl)).toFixed(2)} one at a time`);
}
