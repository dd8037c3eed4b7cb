import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  compress: false, // loopback by default; a proxy in front compresses, and SSE must never be buffered
  serverExternalPackages: ["pg", "pino", "@kubernetes/client-node", "onnxruntime-node", "@node-rs/argon2"],
  typescript: { ignoreBuildErrors: true }, // `npm run typecheck` is its own step of the tests
};

export default config;
