import { runGateway } from "./run-gateway";

// Without a store to ask, only public deployments are served, and nothing is kept of what was measured.
await runGateway({ authorize: async () => ({ ok: false, status: 401 }), postSamples: async () => {} });
