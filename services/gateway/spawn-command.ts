import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Beyond the profile's memory: what Node maps without using it (thread stacks, code, arenas). The watchdogs hold the real limit. */
const MAPPED_HEADROOM_MIB = 4096;

export type SpawnCommand = { file: string; args: string[]; env: Record<string, string> };

const TOOL_DIRS = ["/usr/bin", "/bin", "/usr/local/bin"];
const tool = (name: string) => (process.platform === "linux" ? TOOL_DIRS.map((d) => path.join(d, name)).find((p) => existsSync(p)) : undefined);

/**
 * How to start one model server. On Linux, where util-linux is there, the kernel kills it when this process dies (setpriv), and
 * caps what it may map (prlimit): both replace themselves by the next program, so the child's pid is the server's.
 * The bundle beside this one is preferred; from source, TypeScript runs through tsx.
 */
export function spawnCommand(memoryMib: number): SpawnCommand {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const bundle = path.join(here, "model-server.mjs");
  const args: string[] = [];
  const env: Record<string, string> = {};
  if (existsSync(bundle)) {
    args.push(bundle);
  } else {
    const root = path.resolve(here, "../..");
    args.push("--import", import.meta.resolve("tsx"), path.join(root, "services/model-server/main.ts"));
    env.TSX_TSCONFIG_PATH = path.join(root, "tsconfig.json");
  }
  const setpriv = tool("setpriv");
  const prlimit = tool("prlimit");
  const line = [
    ...(setpriv ? [setpriv, "--pdeathsig", "KILL"] : []),
    ...(prlimit && memoryMib > 0 ? [prlimit, `--data=${(memoryMib + MAPPED_HEADROOM_MIB) * 1024 * 1024}`] : []),
    process.execPath, ...args,
  ];
  return { file: line[0] as string, args: line.slice(1), env };
}
