import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** Versions that the queries were last tried against. Each set has an environment of its own: MLServer holds FastAPI back. */
export const PACKAGES = {
  web: ["fastapi==0.165.0", "uvicorn==0.54.0", "prometheus-fastapi-instrumentator==8.1.0", "flask==3.1.3", "prometheus-flask-exporter==0.23.2"],
  bentoml: ["bentoml==1.4.40"],
  mlserver: ["mlserver==1.7.1"],
} as const;

/** Programs of a set, installed once into a cache outside the repository. Throws with pip's own words where that fails. */
export function installed(set: keyof typeof PACKAGES): string {
  const dir = path.join(process.env.SLIPWAY_PYTHON_CACHE ?? path.join(os.homedir(), ".cache/slipway/python"), `${set}-${PACKAGES[set].map((p) => p.replace("==", "-")).join("_").slice(0, 120)}`);
  const bin = path.join(dir, "bin");
  const done = path.join(dir, "installed");
  if (fs.existsSync(done)) return bin;
  fs.rmSync(dir, { recursive: true, force: true });
  const run = (command: string, args: string[]) => {
    const result = spawnSync(command, args, { encoding: "utf8" });
    if (result.status !== 0) throw new Error(`${command} ${args.join(" ")}:\n${(result.stderr || String(result.error)).slice(-2000)}`);
  };
  run("python3", ["-m", "venv", dir]);
  run(path.join(bin, "pip"), ["install", "--quiet", "--disable-pip-version-check", ...PACKAGES[set]]);
  fs.writeFileSync(done, "");
  return bin;
}
