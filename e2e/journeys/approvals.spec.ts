import { expect, test } from "@playwright/test";
import { comeIn, type Session } from "./come-in";
import { expectAccessible } from "./expect-accessible";

// Who may deploy but not spend beyond the budget asks; a platform person decides; only then does anything run.
const run = Date.now().toString(36);
const project = `approvals-${run}`;
const bearer = { authorization: `Bearer ${process.env.SLIPWAY_TEST_TOKEN}` };
const base = `/api/v1/projects/${project}`;
const sessions: { deployer: Session; platform: Session } = { deployer: [], platform: [] };

test.describe.configure({ mode: "serial" });
// An address of its own (of those kept for documents): attempts to sign in are counted by address, and other files make theirs.
test.use({ extraHTTPHeaders: { "x-forwarded-for": "203.0.113.2" } });

test("a project whose budget is used up, a deployer and a platform person", async ({ page, browser, request }) => {
  expect((await request.post("/api/v1/projects", { headers: bearer, data: { name: project } })).status()).toBe(201);
  expect((await request.post(`${base}/samples`, { headers: bearer, data: {} })).ok()).toBe(true);
  const { headers } = await request.get(`${base}/environments/dev`, { headers: bearer }).then((r) => ({ headers: r.headers() }));
  expect((await request.patch(`${base}/environments/dev`, { headers: { ...bearer, "if-match": headers.etag! }, data: { monthlyBudgetUsd: 0.01 } })).ok()).toBe(true);
  sessions.deployer = await comeIn(page, "Dora", { email: `dora-${run}@example.com`, project, role: "deployer" });
  const other = await browser.newContext();
  sessions.platform = await comeIn(await other.newPage(), "Pat", { email: `pat-${run}@example.com`, instanceRole: "platform" });
  await other.close();
});

test("the deployer sees in the wizard that it will wait, and asks", async ({ page, request }) => {
  await page.context().addCookies(sessions.deployer);
  await page.goto(`/app/${project}/models/iris/deploy`);
  await expect(page.getByText("It will wait for approval")).toBeVisible();
  await expect(page.getByText(/over the budget of \$0\.01/).first()).toBeVisible();
  await page.getByRole("button", { name: "Ask to deploy version 1" }).click();
  await page.waitForURL(/\/app\/approvals$/);
  await page.getByRole("button", { name: "Look at iris" }).click();
  await expect(page.getByRole("dialog").getByText("Why it waits")).toBeVisible();
  await expect(page.getByRole("dialog").getByRole("button", { name: "Approve" })).toHaveCount(0);
  await expectAccessible(page);
  expect((await request.get(`${base}/deployments/iris`, { headers: bearer })).status()).toBe(404);
});

test("a platform person approves it from the home page, and it becomes Ready", async ({ page }) => {
  await page.context().addCookies(sessions.platform);
  await page.goto("/app");
  await page.getByRole("link", { name: /To approve\s*iris/ }).click();
  await page.waitForURL(/\/app\/approvals$/);
  await page.getByRole("button", { name: "Look at iris" }).click();
  await page.getByRole("dialog").getByLabel("Note").fill("for the demo");
  await page.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await expect(page.getByText("Nothing waits").first()).toBeVisible();
  await page.goto(`/app/${project}/deployments/iris`);
  await expect(page.getByRole("main").getByText("Ready", { exact: true }).first()).toBeVisible({ timeout: 90_000 });
  await page.goto("/app/approvals?state=all");
  await expect(page.getByRole("cell", { name: "Approved" })).toBeVisible();
  await page.goto(`/app/${project}/costs`);
  await expect(page.getByRole("heading", { name: "Budget of Development" })).toBeVisible();
  await expect(page.getByText(/Will go over|Over budget/)).toBeVisible();
  await expectAccessible(page);
});

test("without a budget to spare and with the rule to refuse, the wizard cannot be sent", async ({ page, request }) => {
  await page.context().addCookies(sessions.deployer);
  const etag = (await request.get(`${base}/environments/dev`, { headers: bearer })).headers().etag!;
  expect((await request.patch(`${base}/environments/dev`, { headers: { ...bearer, "if-match": etag }, data: { overBudget: "block" } })).ok()).toBe(true);
  await page.goto(`/app/${project}/models/iris/deploy`);
  await expect(page.getByText("Over the budget", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Deploy version 1" }).first()).toBeDisabled();
});
