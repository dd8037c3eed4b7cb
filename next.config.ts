import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  compress: false, // loopback by default; a proxy in front compresses, and SSE must never be buffered
  serverExternalPackages: ["pg", "pino", "@kubernetes/client-node", "onnxruntime-node", "@node-rs/argon2"],
  experimental: { globalNotFound: true }, // two root layouts, so the 404 page is a document of its own
  typescript: { ignoreBuildErrors: true }, // `npm run typecheck` is its own step of the tests
};

export default config;
