import os from "node:os";
import { buildControlPlane } from "@/e2e/cluster/build";
import { ControlPlane } from "@/e2e/cluster/control-plane";
import { measureApply } from "@/scripts/bench/cluster-apply";
import { measurePage } from "@/scripts/bench/cluster-page";
import { open, quantile } from "@/scripts/bench/context";

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
      const words = (values: number[]) => `p50 ${quantile(values, 0.5).toFixed(0)} ms, p95 ${quantile(values, 0.95).toFixed(0)} ms (${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)} ms)`;
      print(`\n${os.availableParallelism()} cores, load average ${os.loadavg()[0]!.toFixed(1)} at the end; ${lag.text.length} changes of a pod's readiness, after kubectl get -w printed them`);
      print(`  the event was in the browser   ${words(lag.event)}`);
      if (lag.answer.every(Number.isFinite)) print(`  the page had read what changed ${words(lag.answer)}`);
      print(`  the page's text had it         ${words(lag.text)}`);
    } finally {
      await bench.pool.end();
      await bench.slipway.stop();
      await bench.slipway.dispose();
    }
  }
} finally {
  await plane.stop();
}
