import type { BrowserContext, Page } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { model, node, port } from "@/lib/samples/build-onnx";
import { part } from "@/lib/samples/protobuf-writer";
import { openBrowser } from "./browser";
import { HOSTILE_FILE_NAME, HOSTILE_TEXTS } from "./hostile-texts";
import { api, send, world } from "./world";

// A member of the team is the attacker here: whatever they may write, others read in their browsers.
const P = "gallery";
/** A word that says where a text was planted, and finds it on a page again. */
const planted = new Map<string, string>();
let next = 0;
const hostile = (slot: string, max = 80) => {
  const text = `${slot} ${HOSTILE_TEXTS[next++ % HOSTILE_TEXTS.length]!}`.slice(0, max);
  planted.set(slot, text);
  return text;
};

async function must<T = Record<string, unknown>>(method: string, path: string, body?: unknown, cookie?: string): Promise<T> {
  const answer = await api<T>(method, path, body, { cookie });
  if (answer.status >= 300) throw new Error(`${method} ${path} -> ${answer.status} ${answer.text.slice(0, 300)}`);
  return answer.json;
}

async function upload(name: string, bytes: Uint8Array, filename: string): Promise<void> {
  const answer = await send(`/api/v1/projects/${P}/models/${name}/versions?filename=${encodeURIComponent(filename)}`, { method: "POST", token: world().token, headers: { "content-type": "application/octet-stream" }, body: Buffer.from(bytes) });
  if (answer.status !== 201) throw new Error(`uploading ${name} -> ${answer.status} ${answer.text.slice(0, 300)}`);
}

async function deployed(name: string, phase: string, env: Record<string, string> = {}): Promise<void> {
  await must("POST", `/api/v1/projects/${P}/deployments`, { name, model: name, version: 1, target: "local", profile: "local-small", environment: "e0", scaling: { min: 1, max: 1 }, env });
  await vi.waitFor(async () => expect((await api<{ phase: string }>("GET", `/api/v1/projects/${P}/deployments/${name}`)).json.phase).toBe(phase), { timeout: 120_000, interval: 200 });
}

async function plant(): Promise<void> {
  await must("POST", "/api/v1/projects", { name: P });
  for (const [i] of HOSTILE_TEXTS.entries()) {
    await must("POST", `/api/v1/projects/${P}/models`, { name: `m${i}`, displayName: hostile(`model-${i}`) });
  }
  const all = HOSTILE_TEXTS.join(" ");
  planted.set("description", `description ${all}`);
  await must("PATCH", `/api/v1/projects/${P}/models/m0`, { description: `description ${all}` });
  for (let i = 0; i < 4; i++) {
    await must("POST", `/api/v1/projects/${P}/environments`, { name: `e${i}`, displayName: hostile(`environment-${i}`) });
    await must("POST", "/api/v1/tokens", { name: hostile(`token-${i}`), scopes: ["read"] }, world().ownerCookie);
    await must("POST", `/api/v1/projects/${P}/alert-channels`, { kind: "webhook", name: hostile(`channel-${i}`), url: `https://hooks.example/${encodeURIComponent(HOSTILE_TEXTS[i]!)}` });
    await must("POST", `/api/v1/projects/${P}/alert-rules`, { name: hostile(`rule-${i}`), condition: { kind: "noTraffic" } });
    await must("POST", `/api/v1/projects/${P}/alert-silences`, { minutes: 60, reason: hostile(`silence-${i}`, 300) });
  }
  const cookie = world().ownerCookie;
  const { id } = await must<{ id: string }>("POST", "/api/v1/leads", { name: hostile("lead"), website: "attacked.example", person: { name: hostile("lead-person"), email: "p@attacked.example" } }, cookie);
  await must("PATCH", `/api/v1/leads/${id}`, { description: hostile("lead-description", 4000), nextStep: hostile("lead-step"), nextStepOn: "2026-12-01", location: hostile("lead-location"), industries: hostile("lead-industries") }, cookie);
  await must("POST", `/api/v1/leads/${id}/notes`, { text: hostile("lead-note", 8000) }, cookie);
  const csv = [[hostile("column"), "Website"], ...[0, 1].map((i) => [hostile(`cell-${i}`), `cell${i}.example`])].map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\n");
  const list = await send(`/api/v1/lead-lists?${new URLSearchParams({ filename: `${hostile("list", 40)}.csv` }).toString()}`, { method: "POST", token: world().token, headers: { "content-type": "text/csv" }, body: Buffer.from(csv) });
  if (list.status >= 300) throw new Error(`a list -> ${list.status} ${list.text.slice(0, 300)}`);
  LEADS.push(`/app/leads/${id}`, `/app/leads/lists/${(JSON.parse(list.text) as { id: string }).id}`);
  const person = "person ' onfocus='xss()' {{xss()}} javascript:xss()"; // angle brackets are refused in a person's name
  planted.set("person", person);
  await must("PATCH", "/api/v1/me", { name: person }, world().deployerCookie);
  await must("PUT", `/api/v1/projects/${P}/members/${world().deployer.id}`, { role: "deployer" });
  // A sound model whose tensors, dimension and metadata are named so; and one whose operator the runtime complains of by its name.
  const [x, y] = [hostile("input"), hostile("output")];
  const named = (operator: string) => model([node(operator, [x], [y]), port(11, x, ["batch", 4]), port(12, y, [hostile("dimension"), 4])], [part(14, part(1, all), part(2, all))]);
  await upload("m0", named("Identity"), HOSTILE_FILE_NAME);
  await upload("m1", named(hostile("operator")), "model.onnx");
  await deployed("m0", "Ready", { SHOWN: hostile("variable", 8000) });
  await deployed("m1", "Failed");
}

/** What the browser was made to do that no page of ours does. */
class Watch {
  readonly faults: string[] = [];
  where = "";
  note = (what: string) => this.faults.push(`${this.where}: ${what}`);

  async over(context: BrowserContext): Promise<void> {
    await context.exposeBinding("xss", () => this.note("a planted text ran"));
    await context.exposeBinding("reported", (_, what: string) => this.note(`the policy stopped ${what}`));
    await context.addInitScript(() => document.addEventListener("securitypolicyviolation", (e) => (window as unknown as { reported(what: string): void }).reported(`${e.effectiveDirective} ${e.blockedURI} ${e.sample}`)));
    await context.route((url) => /evil/.test(url.host), (route) => { this.note(`asked ${route.request().url()}`); return route.abort(); });
  }

  async open(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    page.on("dialog", (dialog) => { this.note(`a dialog: ${dialog.message()}`); void dialog.dismiss(); });
    page.on("pageerror", (error) => this.note(`an error: ${error.message}`));
    return page;
  }
}

/** Pages of what was planted, by the ids it was given. */
const LEADS: string[] = [];
const tabs = (of: string, names: string[]) => names.map((tab) => `/app/${P}/${of}${tab}`);
const PAGES = [
  "/app", "/app/models", "/app/deployments", ...["users", "audit", "tokens"].map((s) => `/app/settings/${s}`), ...["members", "environments"].map((s) => `/app/settings/${s}?project=${P}`),
  `/app/${P}/models`, `/app/${P}/deployments`, `/app/${P}/costs`, ...tabs("models/m0", ["", "/versions", "/inspection", "/deploy"]), `/app/${P}/models/m1/inspection`,
  ...tabs("deployments/m0", ["", "/try", "/revisions", "/settings", "/manifests", "/alerts", "/benchmark"]), ...tabs("deployments/m1", ["", "/logs"]),
  "/app/fleet", ...["", "/rules", "/channels"].map((s) => `/app/alerts${s}?project=${P}`), "/app/leads", "/app/leads?view=board", "/app/leads/lists",
];

describe("what people may write is text wherever it is shown", () => {
  beforeAll(plant, 200_000);
  afterAll(async () => {
    for (const name of ["m0", "m1"]) await api("DELETE", `/api/v1/projects/${P}/deployments/${name}`);
    await must("PATCH", "/api/v1/me", { name: "Mia" }, world().deployerCookie);
  });

  it("in Chromium no page runs any of it, asks another host, reports to the policy or opens a dialog; and each is there to be read", { timeout: 200_000 }, async () => {
    const browser = await openBrowser();
    try {
      const context = await browser.newContext({ extraHTTPHeaders: { "x-forwarded-for": "198.51.100.9" } });
      const [name, ...value] = world().ownerCookie.split("=");
      await context.addCookies([{ name: name!, value: value.join("="), url: world().base }]);
      const watch = new Watch();
      await watch.over(context);
      const missing = new Map(planted);
      const page = await watch.open(context);
      for (const address of [...PAGES, ...LEADS]) {
        watch.where = address;
        const answer = await page.goto(world().base + address);
        expect(answer!.status(), address).toBe(200);
        await page.getByRole("heading", { level: 1 }).first().waitFor();
        if (address.endsWith("/logs")) await page.getByText(/operator /).first().waitFor();
        if (address.includes("/lists/")) await page.getByText(/column /).first().waitFor();
        const shown = await page.evaluate(() => [document.body.innerText, ...[...document.querySelectorAll<HTMLInputElement>("input, textarea, option")].map((e) => e.value)].join("\n"));
        for (const [slot, text] of missing) if (shown.includes(text)) missing.delete(slot);
        // Whatever made markup of a text would show as an element that no page of ours has.
        expect(await page.evaluate(() => [...document.querySelectorAll("[onerror], [onload], [onfocus], [ontoggle], a[href^='javascript:' i], iframe, base, meta[http-equiv=refresh i], math, object, embed")].map((e) => e.outerHTML.slice(0, 200))), address).toEqual([]);
      }
      expect(watch.faults).toEqual([]);
      expect([...missing.keys()], "planted, and read on no page").toEqual([]);

      // The watch itself: a page that does take a text for markup is noticed, and the policy keeps it from running.
      watch.where = "the watch";
      await page.evaluate((texts) => document.body.insertAdjacentHTML("beforeend", texts.join("")), [HOSTILE_TEXTS[1], HOSTILE_TEXTS[9]]);
      await expect.poll(() => watch.faults.filter((f) => /the policy stopped/.test(f)).length).toBeGreaterThanOrEqual(2);
      expect(watch.faults.filter((f) => /ran|dialog|asked/.test(f))).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
