import createMDX from "@next/mdx";
import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  compress: false, // pages and scripts are compressed when they are built (services/web/static-*.ts); SSE must never be buffered
  serverExternalPackages: ["pg", "pino", "@kubernetes/client-node", "onnxruntime-node", "@node-rs/argon2"],
  experimental: { globalNotFound: true }, // two root layouts, so the 404 page is a document of its own
  typescript: { ignoreBuildErrors: true }, // `npm run typecheck` is its own step of the tests
};

// docs/*.md and content/**/*.mdx are imported by pages; plugins are named, since Turbopack's loaders take no functions.
export default createMDX({ extension: /\.mdx?$/, options: { remarkPlugins: ["remark-gfm"] } })(config);
