import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { freePorts } from "@/lib/net/free-ports";

const VERSION = "5.2.5";

/** moto's server in a virtual environment outside the repository, installed once. null: this machine has no Python that can make one. */
export function installMoto(): string | null {
  const folder = path.join(process.env.SLIPWAY_MOTO_CACHE ?? path.join(os.homedir(), ".cache/slipway"), `moto-${VERSION}`);
  const program = path.join(folder, "bin", "moto_server");
  if (fs.existsSync(program)) return program;
  if (spawnSync("python3", ["-m", "venv", folder], { stdio: "ignore" }).status !== 0) return null;
  const pip = spawnSync(path.join(folder, "bin", "pip"), ["install", "-q", "--disable-pip-version-check", `moto[server]==${VERSION}`], { encoding: "utf8" });
  if (pip.status === 0) return program;
  fs.rmSync(folder, { recursive: true, force: true });
  console.warn(`moto could not be installed: ${pip.stderr.trim().split("\n").at(-1)}`);
  return null;
}

/** A double of AWS at the wire, on loopback. It checks no signature and no policy. */
export async function startMoto(program: string): Promise<{ url: string; stop(): Promise<void> }> {
  const [port] = await freePorts(1);
  const child = spawn(program, ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  for (let tries = 0; child.exitCode === null && tries < 600; tries++) {
    if (await fetch(`${url}/moto-api/`).then((r) => r.ok, () => false)) return { url, stop: () => { child.kill(); return ended; } };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill();
  throw new Error("moto did not start");
}
