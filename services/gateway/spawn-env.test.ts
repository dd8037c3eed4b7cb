import { expect, test } from "vitest";
import { spawnEnv } from "./spawn-env";

test("a replica gets the user's variables and nothing of the portal's own, nor what would change its runtime", () => {
  process.env.DATABASE_URL = "postgresql://canary";
  const env = spawnEnv({ THRESHOLD: "0.5", NODE_OPTIONS: "--require /tmp/evil.js", LD_PRELOAD: "/tmp/evil.so", PATH: "/tmp", "bad name": "x" }, { API_KEY: "k" }, "/run/home");
  delete process.env.DATABASE_URL;
  expect(env).toMatchObject({ THRESHOLD: "0.5", API_KEY: "k", HOME: "/run/home", ORT_DISABLE_TELEMETRY: "1" });
  expect(env).not.toHaveProperty("NODE_OPTIONS");
  expect(env).not.toHaveProperty("LD_PRELOAD");
  expect(env).not.toHaveProperty("bad name");
  expect(env).not.toHaveProperty("DATABASE_URL");
  expect(env.PATH).not.toBe("/tmp");
});
