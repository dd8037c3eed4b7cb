import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { LocalTarget } from "@/lib/targets/local/local-target";

const ROOT = path.resolve(import.meta.dirname, "../../..");

/** A gateway as a process of its own, with its state below `dir`. */
export async function startGatewayProcess(dir: string): Promise<{ child: ChildProcess; target: LocalTarget; port: number }> {
  const child = spawn(process.execPath, ["--import", "tsx", "services/gateway/__fixtures__/gateway-process.ts", dir], { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(createInterface({ input: child.stdout! }), "line")) as [string];
  const { port, controlPort, controlToken } = JSON.parse(line) as { port: number; controlPort: number; controlToken: string };
  return { child, port, target: new LocalTarget({ address: async () => ({ port: controlPort, token: controlToken }) }) };
}
