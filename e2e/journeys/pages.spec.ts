import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { comeIn, type Session } from "./come-in";
import { axeFaults } from "./expect-accessible";

// Every page there is, with data and without, in both themes, wide and narrow: named, accessible, and nothing to scroll sideways.
const run = Date.now().toString(36);
const [full, empty] = [`pages-${run}`, `bare-${run}`];
const bearer = { authorization: `Bearer ${process.env.SLIPWAY_TEST_TOKEN}` };
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };
let lead = "";
let list = "";
let session: Session = [];

const PUBLIC = ["/", "/calculator", "/calculator?model=own&parameters=900&rps=x", "/case-studies/killed-workers", "/docs", "/docs/problems", "/docs/api", "/contact", "/contact/thanks", "/sign-in", "/set-up", "/invite", "/reset"];
const PORTAL = ["/app", "/app/deployments", "/app/fleet", "/app/alerts", "/app/approvals", "/app/models", "/app/profiles", "/app/profiles/instances?gpu=L4", "/app/targets", "/app/costs", "/app/leads", "/app/leads?view=board", "/app/leads/lists", ...["account", "sessions", "tokens", "projects", "users", "audit", "status"].map((s) => `/app/settings/${s}`)];
const projectPages = (p: string) => [`/app/${p}/models`, `/app/${p}/deployments`, `/app/${p}/costs`, ...["rules", "rules/new", "channels"].map((s) => `/app/alerts/${s}?project=${p}`), ...["members", "environments", "secrets"].map((s) => `/app/settings/${s}?project=${p}`)];
const MODEL = ["", "/versions", "/inspection", "/deploy"].map((tab) => `/app/${full}/models/iris${tab}`);
const DEPLOYMENT = ["", "/try", "/benchmark", "/revisions", "/alerts", "/logs", "/settings"].map((tab) => `/app/${full}/deployments/iris${tab}`);
const MISSING = ["/there-is-no-such-page", `/app/${full}/models/no-such-model`, `/app/${full}/models/no-such-model/deploy`, `/app/${full}/deployments/no-such-one`, "/app/no-such-project/models", "/app/targets/no-such-target"];

async function must(request: APIRequestContext, url: string, data: object): Promise<Record<string, unknown>> {
  const answer = await request.post(url, { headers: bearer, data });
  expect(answer.ok(), `${url}: ${await answer.text()}`).toBe(true);
  return (await answer.json()) as Record<string, unknown>;
}

/** What is wrong with the page at this address, in words. */
async function faultsOf(page: Page, url: string): Promise<string[]> {
  const faults: string[] = [];
  await page.setViewportSize(WIDE);
  await page.goto(url);
  await settled(page);
  if (!/\S/.test(await page.title())) faults.push("has no title");
  const headings = await page.getByRole("heading", { level: 1 }).count();
  if (headings !== 1 && !url.startsWith("/docs/api")) faults.push(`has ${headings} headings of level 1`);
  for (const size of [WIDE, NARROW]) {
    await page.setViewportSize(size);
    if (!(await fits(page))) faults.push(`scrolls sideways at ${size.width}`);
    faults.push(...(await axeFaults(page)).map((fault) => `${size.width} ${fault}`));
  }
  return faults.map((fault) => `${url} ${fault}`);
}

/** Charts take the new width a frame or two after the window did. */
async function fits(page: Page): Promise<boolean> {
  return page.waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth, undefined, { timeout: 5_000 }).then(() => true, () => false);
}

async function settled(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
  await expect(page.locator(".skeleton")).toHaveCount(0);
}

async function expectFaultless(page: Page, urls: string[]): Promise<void> {
  const faults: string[] = [];
  for (const url of urls) faults.push(...(await faultsOf(page, url)));
  expect(faults).toEqual([]);
}

test.describe.configure({ mode: "serial", timeout: 600_000 });
// An address of its own (of those kept for documents): attempts to sign in are counted by address, and other files make theirs.
test.use({ extraHTTPHeaders: { "x-forwarded-for": "203.0.113.4" } });

test("somebody signs in, and one project has a deployed sample with predictions, another has nothing", async ({ page, request }) => {
  session = await comeIn(page, "Katherine Johnson", { email: `pages-${run}@example.com`, instanceRole: "owner" });
  await must(request, "/api/v1/projects", { name: full });
  await must(request, "/api/v1/projects", { name: empty });
  const sample = await must(request, `/api/v1/projects/${full}/samples`, {});
  await must(request, `/api/v1/projects/${full}/deployments`, { name: "iris", model: "iris", version: 1, target: "local", profile: "local-small", scaling: { min: 1, max: 2 } });
  const deployment = `/api/v1/projects/${full}/deployments/iris`;
  await expect.poll(async () => ((await (await request.get(deployment, { headers: bearer })).json()) as { phase: string }).phase, { timeout: 90_000 }).toBe("Ready");
  for (let i = 0; i < 20; i++) await must(request, `${deployment}/predict`, sample.example as object);
  // Its curve is on the Benchmark page by the time that is looked at.
  await must(request, `${deployment}/load-tests`, { plan: { loop: "closed", concurrency: [1, 2], secondsPerStep: 1, warmUpSeconds: 0 }, request: sample.example, confirmed: true });
  const uploaded = await request.post("/api/v1/lead-lists?filename=ports.csv", { headers: { ...bearer, "content-type": "text/csv" }, data: "Organization Name,Website,Headquarters Location,Number of Employees,Industries,Full Description\nTide Vision,https://tide.example,Berlin,11-50,Ports,Computer vision for ports\n" });
  expect(uploaded.status(), await uploaded.text()).toBe(201);
  list = `/app/leads/lists/${((await uploaded.json()) as { id: string }).id}`;
  const put = await request.put(`/api/v1/projects/${full}/secrets/HUB_TOKEN`, { headers: bearer, data: { value: "nothing that opens anything" } });
  expect(put.ok(), await put.text()).toBe(true);
  lead = `/app/leads/${(await must(request, "/api/v1/leads", { name: `Harbour Robotics ${run}`, website: `${run}.example`, person: { name: "Grace Hopper", email: `grace@${run}.example` } })).id as string}`;
});

test("public pages", async ({ page }) => expectFaultless(page, PUBLIC));

test.describe("signed in", () => {
  test.beforeEach(({ page }) => page.context().addCookies(session));
  test("a rule is written, fires, and is silenced with a reason; the deployment's page and the sidebar say so", async ({ page }) => {
    await page.goto(`/app/${full}/deployments/iris/alerts`);
    await page.getByRole("link", { name: "New rule" }).click();
    await page.getByLabel("p99 above").fill("0.001");
    // Over an hour: however long the pages before this took, the predictions of the set-up are in it.
    await page.getByRole("combobox", { name: "Over", exact: true }).click();
    await page.getByRole("option", { name: "an hour" }).click();
    await page.getByRole("combobox", { name: "Fires after it held for" }).click();
    await page.getByRole("option", { name: "At once" }).click();
    await page.getByLabel("Name", { exact: true }).fill("slow at once");
    await expect(page.getByText("When the p99 latency of iris over an hour is above 0.001 ms, it fires at once, as a warning.")).toBeVisible();
    await page.getByRole("button", { name: "Create rule" }).click();
    await page.waitForURL(/\/app\/alerts\/rules\?/);
    await expect(page.getByRole("table").getByText("1 firing")).toBeVisible({ timeout: 45_000 });
    await expect(page.getByRole("navigation", { name: "Portal" }).getByRole("link", { name: /Alerts.*firing/ })).toBeVisible();
    await page.goto(`/app/${full}/deployments/iris`);
    await expect(page.getByText("slow at once fires")).toBeVisible();
    await page.goto(`/app/alerts?project=${full}`);
    await page.getByRole("button", { name: "Silence slow at once for iris" }).click();
    await page.getByLabel("Reason").fill("a journey");
    await page.getByRole("button", { name: "Silence alert" }).click();
    await expect(page.getByRole("table").getByText("silenced")).toBeVisible();
    await expect(page.getByRole("navigation", { name: "Portal" }).getByRole("link", { name: /firing/ })).toHaveCount(0);
  });
  test("the portal's own pages", async ({ page }) => expectFaultless(page, [...PORTAL, lead, list]));
  test("a project with data", async ({ page }) => expectFaultless(page, projectPages(full)));
  test("a model's pages", async ({ page }) => expectFaultless(page, MODEL));
  test("a deployment's pages", async ({ page }) => {
    await page.goto(`/app/${full}/deployments/iris/benchmark`);
    await expect(page.getByRole("table").getByText("2 callers")).toBeVisible();
    await expectFaultless(page, DEPLOYMENT);
  });
  test("a project with nothing in it teaches the next step", async ({ page }) => expectFaultless(page, projectPages(empty)));
  test("what does not exist answers 404, and the page says so", async ({ page }) => {
    for (const url of MISSING) expect((await page.request.get(url)).status(), url).toBe(404);
    await expectFaultless(page, MISSING.slice(0, 2));
  });
});
