import { spawnSync } from "node:child_process";
import os from "node:os";

export type Provenance = { date: string; commit: string; machine: string; loadAtStart: number };

/** When, of which commit and on what kind of machine a study's figures were made. */
export function provenance(): Provenance {
  const commit = spawnSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).stdout?.trim() || "unknown";
  return {
    date: new Date().toISOString().slice(0, 10), commit,
    machine: `${os.cpus()[0]?.model.trim() ?? "unknown processor"}, ${os.availableParallelism()} cores, ${(os.totalmem() / 1024 ** 3).toFixed(0)} GiB, ${os.type()}, Node ${process.version}`,
    loadAtStart: Number(os.loadavg()[0]!.toFixed(2)),
  };
}
