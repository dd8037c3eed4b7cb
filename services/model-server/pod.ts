import { spawn } from "node:child_process";
import fs from "node:fs";
import { spawnCommand } from "@/services/gateway/spawn-command";
import type { ConfigFile } from "./config";
import { podConfig } from "./pod-config";

/**
 * The first process of a pod: it does what the gateway does on one machine. It starts the model server, hands it its configuration on
 * standard input and keeps that open, passes signals on, and ends as the server ends.
 */
function main(): void {
  const list = JSON.parse(fs.readFileSync(process.env.SLIPWAY_FILES ?? "", "utf8")) as ConfigFile[];
  const config = podConfig(process.env, list);
  const command = spawnCommand(0);
  const server = spawn(command.file, command.args, { stdio: ["pipe", "inherit", "inherit"], env: { ...process.env, ...command.env } });
  server.stdin.on("error", () => undefined); // it ended before it read: its exit says why
  server.stdin.write(`${JSON.stringify(config)}\n`);
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => server.kill(signal));
  server.on("error", fail);
  server.on("exit", (code, signal) => process.exit(signal === null ? code ?? 1 : signal === "SIGKILL" ? 137 : 143));
}

function fail(error: unknown): void {
  process.stderr.write(`The model server could not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

try {
  main();
} catch (error) {
  fail(error);
}
