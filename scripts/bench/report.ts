import { spawnSync } from "node:child_process";
import os from "node:os";
import type { Result } from "./context";

/** docs/benchmarks.md: the machine, then each ratio with its goal and its medians. `loadAtStart`: one-minute load average. */
export function report(results: Result[], failures: { name: string; why: string }[], about: { loadAtStart: number; quick: boolean; rounds: number; only: string | null }): string {
  const git = (...args: string[]) => spawnSync("git", args, { encoding: "utf8" }).stdout?.trim() ?? "";
  const cores = os.availableParallelism();
  const missed = results.filter((r) => !r.met);
  const lines = [
    "# Benchmarks", "",
    `Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}, commit ${git("rev-parse", "--short", "HEAD") || "unknown"}. Every figure is a ratio or a difference of two measurements of one run, interleaved; medians of ${about.rounds} rounds.`, "",
    `Machine: ${os.cpus()[0]?.model.trim() ?? "unknown processor"}, ${cores} cores, ${(os.totalmem() / 1024 ** 3).toFixed(0)} GiB memory, ${os.type()}, Node ${process.version}. Load average at the start: ${about.loadAtStart.toFixed(2)}.`, "",
  ];
  if (about.loadAtStart > cores / 4) lines.push("**This run was noisy**: the machine was doing other work when it began. Do not compare these figures with others.", "");
  if (about.quick) lines.push("**This was a quick run** with smaller files and fewer deployments than the goals are set for.", "");
  if (about.only) lines.push(`Only \`${about.only}\` was measured.`, "");
  lines.push("| what | measured | goal | | medians |", "| --- | --- | --- | --- | --- |");
  for (const r of results) lines.push(`| ${r.name}${r.note ? ` (${r.note})` : ""} | ${["rows", "violations", "of 100"].includes(r.unit) ? r.value : r.value.toFixed(3)} ${r.unit} | ${r.goal} | ${r.met ? "met" : "**missed**"} | ${Object.entries(r.values).map(([k, v]) => `${k} ${v}`).join(", ")} |`);
  lines.push("", missed.length === 0 ? "Every goal that was measured is met." : `Missed: ${missed.map((r) => r.name).join("; ")}.`);
  if (failures.length > 0) lines.push("", ...failures.map((f) => `Not measured: ${f.name} (${f.why}).`));
  return `${lines.join("\n")}\n`;
}
