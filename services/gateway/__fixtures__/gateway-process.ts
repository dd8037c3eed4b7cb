import { startGateway } from "../gateway";

// A gateway as a process of its own, for tests that kill it: directory as the argument, one JSON line with its addresses.
const dir = process.argv[2] as string;
const gateway = await startGateway({
  host: "127.0.0.1", port: 0, runDir: `${dir}/run`, resolveBlob: (id) => `${dir}/blobs/${id}`, authorize: async () => ({ ok: true }),
  postSamples: async () => {}, hosts: null, logger: { info() {}, warn() {}, error() {} },
});
console.log(JSON.stringify({ port: gateway.port, controlPort: gateway.controlPort, controlToken: gateway.controlToken }));
