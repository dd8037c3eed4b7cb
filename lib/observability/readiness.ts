import { readFile } from "node:fs/promises";
import http from "node:http";
import { db } from "@/lib/db/client";
import { dataPath } from "@/lib/env";

const TIMEOUT_MS = 2000;

export type Readiness = { ready: boolean; checks: { database: "ok" | "failed"; gateway: "ok" | "failed" } };

/** Asks what a request depends on, with a deadline. Says which part fails, nothing more: the path is public. */
export async function readiness(): Promise<Readiness> {
  const [database, gateway] = await Promise.all([within(db().$queryRaw`SELECT 1`), within(gatewayAnswers())]);
  const checks = { database: database ? "ok" as const : "failed" as const, gateway: gateway ? "ok" as const : "failed" as const };
  return { ready: database && gateway, checks };
}

async function gatewayAnswers(): Promise<void> {
  const { port, token } = JSON.parse(await readFile(dataPath("run", "gateway.json"), "utf8")) as { port: number; token: string };
  // Not by fetch: where single sign-on is configured, that one reaches nothing on loopback (lib/net/guard-global-fetch.ts).
  const status = await new Promise<number | undefined>((resolve, reject) => {
    http.get({ host: "127.0.0.1", port, path: "/health", headers: { authorization: `Bearer ${token}` }, timeout: TIMEOUT_MS }, (answer) => resolve(answer.resume().statusCode)).once("error", reject);
  });
  if (status !== 200) throw new Error(`the gateway answers ${status}`);
}

async function within(work: Promise<unknown>): Promise<boolean> {
  const deadline = new Promise<never>((_, reject) => setTimeout(() => reject(new Error("too slow")), TIMEOUT_MS).unref());
  return Promise.race([work, deadline]).then(() => true, () => false);
}
