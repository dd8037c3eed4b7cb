import { runGateway } from "./run-gateway";
import { authorizeByToken, onRevoked, postSamples } from "./wiring";

await runGateway({ authorize: authorizeByToken, onRevoked, postSamples });
