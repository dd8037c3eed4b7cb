import { runGateway } from "@/services/gateway/run-gateway";
import { authorizeByToken, onRevoked, postSamples } from "@/services/gateway/wiring";
import { endWithParent } from "@/services/supervisor/end-with-parent";

await runGateway({ authorize: authorizeByToken, onRevoked, postSamples });
endWithParent(() => process.kill(process.pid, "SIGTERM"));
