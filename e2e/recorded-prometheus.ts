import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@/lib/net/free-ports";

const PROMETHEUS = process.env.SLIPWAY_TEST_PROMETHEUS ?? "/usr/bin/prometheus";
const PROMTOOL = path.join(path.dirname(PROMETHEUS), "promtool");
/** Whether a Prometheus is here to answer. */
export const prometheusIsHere = fs.existsSync(PROMETHEUS) && fs.existsSync(PROMTOOL);

export type RecordedSeries = { metric: string; labels: Record<string, string>; /** A counter is given by what it grows by in each step. */ counter?: boolean; at: (time: Date) => number };

/** A real Prometheus whose past is written beforehand: these series, every five minutes from `from` to `to`. */
export async function recordedPrometheus(series: readonly RecordedSeries[], from: Date, to: Date): Promise<{ url: string; stop: () => void }> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-recorded-prometheus-"));
  const lines = series.map(({ metric, labels, counter, at }) => {
    const name = `${metric}{${Object.entries(labels).map(([k, v]) => `${k}=${JSON.stringify(v)}`).join(",")}}`;
    const points: string[] = [];
    let sum = 0;
    for (let t = from.getTime(); t <= to.getTime(); t += 300_000) {
      const value = at(new Date(t));
      sum += value;
      points.push(`${name} ${counter ? sum : value} ${t / 1000}`);
    }
    return points.join("\n");
  });
  const file = path.join(dir, "past.txt");
  fs.writeFileSync(file, `${lines.join("\n")}\n# EOF\n`);
  const written = spawnSync(PROMTOOL, ["tsdb", "create-blocks-from", "openmetrics", file, path.join(dir, "data")], { encoding: "utf8" });
  if (written.status !== 0) throw new Error(`The past could not be written: ${written.stderr.slice(-500)}`);
  fs.writeFileSync(path.join(dir, "prometheus.yml"), "scrape_configs: []\n");
  const port = await freePort();
  const child: ChildProcess = spawn(PROMETHEUS, [`--config.file=${dir}/prometheus.yml`, `--storage.tsdb.path=${dir}/data`, "--storage.tsdb.retention.time=60d", `--web.listen-address=127.0.0.1:${port}`], { stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  const end = Date.now() + 60_000;
  while (!(await fetch(`${url}/-/ready`).catch(() => null))?.ok) {
    if (Date.now() > end || child.exitCode !== null) throw new Error("Prometheus did not start.");
    await sleep(100);
  }
  return { url, stop: () => { child.kill("SIGKILL"); fs.rmSync(dir, { recursive: true, force: true, maxRetries: 5 }); } };
}
