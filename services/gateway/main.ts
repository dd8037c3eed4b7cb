import { runGateway } from "@/services/gateway/run-gateway";
import { authorizeByToken, onRevoked, postSamples } from "@/services/gateway/wiring";

await runGateway({ authorize: authorizeByToken, onRevoked, postSamples });
