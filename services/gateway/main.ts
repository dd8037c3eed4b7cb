import { keepBeating } from "@/lib/health/beat";
import { createLogger } from "@/lib/logger";
import { runGateway } from "@/services/gateway/run-gateway";
import { authorizeByToken, onRevoked, postSamples } from "@/services/gateway/wiring";
import { endWithParent } from "@/services/supervisor/end-with-parent";

const beat = keepBeating("gateway", createLogger("gateway"));
await runGateway({ authorize: authorizeByToken, onRevoked, postSamples, onStop: () => beat.stop() });
endWithParent(() => process.kill(process.pid, "SIGTERM"));
