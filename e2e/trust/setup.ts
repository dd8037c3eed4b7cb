import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { DATABASE, APP_ROLE, loadPasswords, loadPort } from "@/lib/db/embedded/settings";
import { Instance } from "@/e2e/process/instance";
import { MailServer } from "./mail-server";
import "./world";

const root = path.resolve(import.meta.dirname, "../..");
const PASSWORD = "correct horse battery";
const canary = (slot: string) => `canary-${slot}-${randomBytes(12).toString("hex")}`;

/** Starts one Slipway for every file of the suite and fills it: two projects, two people, a model that is deployed, and a canary in every slot that holds a secret. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const canaries: Record<string, string> = { "the mail server's password": canary("smtp"), "a project's secret": canary("secret"), "an import's access token": canary("hub"), "the OIDC client's secret": canary("oidc") };
  const mail = await MailServer.start({ user: "slipway", password: canaries["the mail server's password"]! });
  const slipway = await Instance.start({
    // Each test speaks from an address of its own; what a caller writes in front of the proxy's entry must not count.
    SLIPWAY_TRUSTED_PROXIES: "127.0.0.1", SMTP_URL: `smtp://slipway:${canaries["the mail server's password"]}@127.0.0.1:${mail.port}?tls.rejectUnauthorized=false`,
    // Nothing of these tests asks the world for prices.
    SLIPWAY_SPOT_ADVISOR_URL: "https://127.0.0.1:9/spot-advisor-data.json",
    SLIPWAY_OIDC_ISSUER: "https://127.0.0.1:9/idp", SLIPWAY_OIDC_CLIENT_ID: "slipway", SLIPWAY_OIDC_CLIENT_SECRET: canaries["the OIDC client's secret"]!,
  });
  try {
    const must = slipway.must.bind(slipway);
    const owner = await firstOwner(slipway);
    const ownerCookie = await signIn(slipway, owner.email);
    const marker = `Manifest-${randomBytes(8).toString("hex")}`;
    for (const name of ["harbour", "island"]) await must("POST", "/api/v1/projects", { name });
    await must("POST", "/api/v1/projects/harbour/models", { name: "vad", displayName: marker, description: marker });
    await must("POST", "/api/v1/projects/island/models", { name: "other" });
    const bytes = new Uint8Array(fs.readFileSync(path.join(root, "node_modules/@ricky0123/vad-web/dist/silero_vad_v5.onnx")));
    await must("POST", "/api/v1/projects/harbour/models/vad/versions?filename=silero.onnx", bytes);
    await must("PUT", "/api/v1/projects/harbour/secrets/API_KEY", { value: canaries["a project's secret"] });
    await must("PUT", "/api/v1/projects/harbour/secrets/HUB_TOKEN", { value: canaries["an import's access token"] });
    await must("POST", "/api/v1/projects/harbour/deployments", { name: "vad", model: "vad", version: 1, target: "local", profile: "local-small", scaling: { min: 1, max: 1 }, secrets: { API_KEY: "API_KEY" } });
    await slipway.until("GET", "/api/v1/projects/harbour/deployments/vad", (a) => (a.json?.status as { phase?: string })?.phase === "Ready", 180);
    const deployer = await member(slipway, mail);
    const deployerCookie = await signIn(slipway, deployer.email);
    const dbHome = path.join(slipway.dataDir, "postgres");
    const passwords = loadPasswords(dbHome);
    project.provide("world", {
      base: slipway.base, gateway: slipway.gateway, dataDir: slipway.dataDir, logFile: slipway.logFile, buildDir: path.join(root, ".next"),
      token: slipway.token, ownerCookie, deployerCookie, owner, deployer, password: PASSWORD, marker,
      canaries: { ...canaries, "the bootstrap token": slipway.token, "the database's password": passwords.app, "the owner role's password": passwords.owner, "the administrator's password": passwords.admin, "a person's password": PASSWORD },
      appUrl: `postgresql://${APP_ROLE}:${passwords.app}@127.0.0.1:${loadPort(dbHome)}/${DATABASE}`,
    });
  } catch (error) {
    console.error(slipway.log().slice(-3000));
    await slipway.dispose();
    await mail.stop();
    throw error;
  }
  return async () => {
    await slipway.stop();
    await slipway.dispose();
    await mail.stop();
  };
}

async function firstOwner(slipway: Instance) {
  const link = fs.readFileSync(path.join(slipway.dataDir, "run/setup-link"), "utf8").trim();
  const email = "ada@example.com";
  await slipway.must("POST", "/api/v1/setup", { token: link.split("#token=")[1], name: "Ada Lovelace", email, password: PASSWORD });
  return { email, id: await userId(slipway, email) };
}

/** A deployer of harbour alone, who comes by an invitation that a real mail server took. */
async function member(slipway: Instance, mail: MailServer) {
  const email = "mia@example.com";
  const invited = await slipway.must<{ url: string | null; sentTo: string }>("POST", "/api/v1/invitations", { email, project: "harbour", role: "deployer" });
  if (invited.url !== null) throw new Error("an invitation that goes by mail is not shown");
  const token = /\/invite#token=([\w-]{43})/.exec((await mail.next(email)).text)?.[1];
  await slipway.must("POST", "/api/v1/invitations/accept", { token, name: "Mia", password: PASSWORD });
  return { email, id: await userId(slipway, email) };
}

async function userId(slipway: Instance, email: string): Promise<string> {
  const { items } = await slipway.must<{ items: { id: string; email: string }[] }>("GET", "/api/v1/users");
  return items.find((u) => u.email === email)!.id;
}

async function signIn(slipway: Instance, email: string): Promise<string> {
  const answer = await fetch(`${slipway.base}/api/auth/sign-in/email`, { method: "POST", headers: { origin: slipway.base, "content-type": "application/json" }, body: JSON.stringify({ email, password: PASSWORD }) });
  const cookie = answer.headers.getSetCookie()[0]?.split(";")[0];
  if (!answer.ok || !cookie) throw new Error(`signing in answered ${answer.status} ${await answer.text()}`);
  return cookie;
}
