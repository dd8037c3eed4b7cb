import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { formatMib } from "@/lib/format/bytes";
import { parseConfig, type ModelServerConfig } from "./config";
import { toSignature } from "./datatypes";
import { drain } from "./drain";
import { emit, type FailureReason } from "./events";
import { createModelServer, type ServerState } from "./http";
import { isOutOfMemory, watchMemory } from "./memory-watchdog";
import { Metrics } from "./metrics";
import { readConfigLine } from "./read-config-line";
import { RunQueue } from "./run-queue";
import { RuntimeFailure, Session } from "./session";
import { DigestMismatch, verifyFiles } from "./verify-files";

/** Longest time a request waits for the session. */
const MAX_WAIT_MS = 60_000;

/** Ends at once whatever the session's thread does: a regular exit would wait for a run, or abort in the middle of one. */
const endNow = () => process.kill(process.pid, "SIGKILL");

function fail(reason: FailureReason, message: string): void {
  emit({ event: "failed", reason, message });
  process.exit(1);
}

async function main(): Promise<void> {
  // The runtime writes device telemetry below the user's cache folder unless told not to.
  process.env.ORT_DISABLE_TELEMETRY = "1";
  process.env.ORT_TELEMETRY_DISABLED = "1";
  const line = readConfigLine(process.stdin, endNow);
  let stopping = false;
  const session = new Session((error) => {
    if (stopping) return;
    emit({ event: "log", level: "error", message: error.message });
    process.exit(1);
  });
  const config = parseConfig(await line);

  const state: ServerState = { serving: null, draining: false, inFlight: 0 };
  const queue = new RunQueue(config.queueLimit, MAX_WAIT_MS);
  const metrics = new Metrics(config.labels, { queueDepth: () => queue.depth, inFlight: () => state.inFlight });
  const server = createModelServer(config, state, metrics);
  const stop = () => {
    if (stopping || state.serving === null) return endNow();
    stopping = true;
    drain(server, state, endNow);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  watchMemory(config.memoryMib, (message) => {
    emit({ event: "failed", reason: "OutOfMemory", message });
    endNow();
  });

  emit({ event: "listening", port: await listen(server, config) });
  emit({ event: "loading" });
  const started = performance.now();
  try {
    const verified = await verifyFiles(config.files);
    const loaded = await session.load(verified.source, config.intraOpThreads);
    await verified.recheck();
    state.serving = {
      model: config.model, version: config.labels.revision,
      inputs: toSignature(loaded.inputs), outputs: toSignature(loaded.outputs), session, queue, metrics,
    };
  } catch (e) {
    const message = e instanceof Error ? e.message : String(e);
    if (e instanceof DigestMismatch) return fail("DigestMismatch", message);
    if (e instanceof RuntimeFailure && isOutOfMemory(message)) {
      return fail("OutOfMemory", `The model did not fit into the ${formatMib(config.memoryMib)} of its profile while loading: ${message}`);
    }
    return fail("LoadFailed", message);
  }
  emit({ event: "ready", loadMs: Math.round(performance.now() - started) });
}

function listen(server: Server, config: ModelServerConfig): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.port, config.host, () => resolve((server.address() as AddressInfo).port));
  });
}

main().catch((e: unknown) => fail("LoadFailed", `The model server could not start: ${e instanceof Error ? e.message : String(e)}`));
