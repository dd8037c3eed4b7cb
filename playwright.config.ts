import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { defineConfig } from "@playwright/test";

// One Slipway for all journeys, started as a reader would start it, on a data directory of its own.
// The config is read by every worker: what is random is made once and handed down in the environment.
const dir = (process.env.SLIPWAY_TEST_DIR ??= fs.mkdtempSync(path.join(os.tmpdir(), "slipway-journeys-")));
const token = (process.env.SLIPWAY_TEST_TOKEN ??= `slp_${randomBytes(32).toString("base64url")}`);
const port = Number((process.env.SLIPWAY_TEST_PORT ??= "3920"));
const chromium = process.env.SLIPWAY_TEST_CHROMIUM;

export default defineConfig({
  testDir: "e2e/journeys",
  outputDir: "test-results",
  workers: 1,
  retries: Number(process.env.SLIPWAY_TEST_RETRIES ?? "0"),
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    trace: "retain-on-failure",
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    },
  },
  webServer: {
    command: `"${process.execPath}" scripts/bootstrap.mjs up`,
    url: `http://127.0.0.1:${port}/readyz`,
    timeout: 300_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGINT", timeout: 40_000 },
    stdout: "ignore",
    stderr: "pipe",
    env: { ...process.env, NODE_ENV: "production", PORT: String(port), GATEWAY_PORT: String(port + 1), SLIPWAY_DATA_DIR: path.join(dir, "data"), SLIPWAY_BOOTSTRAP_TOKEN: token, SLIPWAY_TRUSTED_PROXIES: "127.0.0.1" } as Record<string, string>,
  },
});
