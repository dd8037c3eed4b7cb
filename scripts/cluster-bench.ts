import os from "node:os";
import { buildControlPlane } from "@/e2e/cluster/build";
import { ControlPlane } from "@/e2e/cluster/control-plane";
import { measureApply } from "@/scripts/bench/cluster-apply";
import { measurePage } from "@/scripts/bench/cluster-page";
import { open } from "@/scripts/bench/context";

// `npm run bench:cluster`: apply against kubectl's, and an open page against `kubectl get -w`. `-- apply` or `-- page`: one of them.
const print = (line: string) => console.log(line);
const asked = process.argv.slice(2);
const wanted = (part: string) => asked.length === 0 || asked.includes(part);
const build = await buildControlPlane(print);
const plane = await ControlPlane.start(build, print);
try {
  if (wanted("apply")) await measureApply(plane, build, print);
  if (wanted("page")) {
    const bench = await open(false);
    try {
      const lag = await measurePage(bench, plane, build, Number(process.env.BENCH_TURNS ?? 60));
      print(`\n${os.availableParallelism()} cores, load average ${os.loadavg()[0]!.toFixed(1)} at the end; ${lag.samples} changes of a pod's readiness`);
      print(`  from kubectl get -w to the page's text: p50 ${lag.p50} ms, p95 ${lag.p95} ms (${lag.least} to ${lag.most} ms)`);
    } finally {
      await bench.pool.end();
      await bench.slipway.stop();
      await bench.slipway.dispose();
    }
  }
} finally {
  await plane.stop();
}
