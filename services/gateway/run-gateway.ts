import { artifactStore } from "@/lib/artifacts/artifact-store";
import { localFile } from "@/lib/artifacts/local-copy";
import { dataPath, env } from "@/lib/env";
import { createLogger } from "@/lib/logger";
import { allowedHosts } from "@/lib/net/allowed-hosts";
import { cachedAuthorize, type Authorize, type OnRevoked } from "./authorize";
import { startGateway } from "./gateway";
import type { PostSamples } from "./sampler";

export type GatewayWiring = { authorize: Authorize; onRevoked?: OnRevoked; postSamples: PostSamples; /** Before the process ends by a signal. */ onStop?: () => Promise<void> };

/** Runs the gateway as a process until SIGTERM or SIGINT: then replicas drain first. A second signal ends it at once, and its replicas with it. */
export async function runGateway(wiring: GatewayWiring): Promise<void> {
  const logger = createLogger("gateway");
  const e = env();
  const gateway = await startGateway({
    host: e.HOST, port: e.GATEWAY_PORT, runDir: dataPath("run"),
    resolveBlob: (blobId) => localFile(artifactStore(), blobId),
    authorize: cachedAuthorize(wiring.authorize, { onRevoked: wiring.onRevoked }),
    postSamples: wiring.postSamples, hosts: allowedHosts(), logger,
  });
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    gateway.stop().then(() => wiring.onStop?.()).then(() => process.exit(0), (error: unknown) => {
      logger.error({ err: error }, "the gateway could not stop cleanly");
      process.exit(1);
    });
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}
