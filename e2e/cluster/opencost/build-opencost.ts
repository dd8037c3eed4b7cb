import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { hashOfFiles } from "@/scripts/hash-of-files";

const root = path.resolve(import.meta.dirname, "../../..");
const moduleDir = path.join(import.meta.dirname, "go");
const goEnv = (): NodeJS.ProcessEnv => ({ ...process.env, CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "" });

/** Version and folder of the module that go.mod pins. */
export function opencostModule(): { version: string; dir: string } {
  const result = spawnSync("go", ["mod", "download", "-json", "github.com/opencost/opencost"], { cwd: moduleDir, encoding: "utf8", env: goEnv() });
  if (result.status !== 0) throw new Error(`OpenCost could not be had: ${result.stderr || result.stdout}`);
  const { Version, Dir } = JSON.parse(result.stdout) as { Version: string; Dir: string };
  return { version: Version, dir: Dir };
}

/** OpenCost compiled once into a cache outside the repository; afterwards only found. Takes some minutes the first time. */
export function buildOpencost(): string {
  const file = path.join(process.env.SLIPWAY_CLUSTER_CACHE ?? path.join(os.homedir(), ".cache/slipway/cluster"), `opencost-${hashOfFiles(root, ["e2e/cluster/opencost/go"]).slice(0, 16)}`);
  if (fs.existsSync(file)) return file;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  const result = spawnSync("go", ["build", "-trimpath", "-o", unfinished, "github.com/opencost/opencost/cmd/costmodel"], { cwd: moduleDir, encoding: "utf8", env: goEnv() });
  if (result.status !== 0) throw new Error(`OpenCost could not be built:\n${(result.stderr || String(result.error)).slice(-3000)}`);
  fs.renameSync(unfinished, file);
  return file;
}
