import fs from "node:fs";
import path from "node:path";
import { type APIRequestContext, type Browser, expect, type Page, test } from "@playwright/test";
import type { Session } from "./come-in";
import { expectAccessible } from "./expect-accessible";

// People and their rights, as a browser sees them. Whoever came before may have set this Slipway up already.
const PASSWORD = "correct horse battery";
const run = Date.now().toString(36);
const mail = (name: string) => `${name}-${run}@example.com`;
const owner = { name: "Ada Lovelace", email: mail("ada") };
const project = `accounts-${run}`;
const bearer = { authorization: `Bearer ${process.env.SLIPWAY_TEST_TOKEN}` };

test.describe.configure({ mode: "serial" });
// An address of its own (of those kept for documents): attempts to sign in are counted by address, and other files make theirs.
test.use({ extraHTTPHeaders: { "x-forwarded-for": "203.0.113.1" } });

/** No page may be refused by its own policy, or fail while it runs. */
const faults: string[] = [];
function watch(page: Page): void {
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => { if (/Content Security Policy|Hydration|hydrat/i.test(message.text())) faults.push(`${page.url()}: ${message.text()}`); });
}
test.beforeEach(({ page }) => watch(page));
test.afterEach(() => expect(faults).toEqual([]));

async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function invite(request: APIRequestContext, email: string, grant: object): Promise<string> {
  const answer = await request.post("/api/v1/invitations", { headers: bearer, data: { email, ...grant } });
  expect(answer.status()).toBe(201);
  return ((await answer.json()) as { url: string }).url;
}

async function accept(page: Page, link: string, name: string): Promise<void> {
  await page.goto(new URL(link).pathname + new URL(link).hash);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account and sign in" }).click();
  await page.waitForURL(/\/app$/);
}

/** The session that the second journey opened: signing in anew for each would run into the limit, as it should. */
let ownerSession: Session = [];
async function asOwner(page: Page): Promise<void> {
  await page.context().addCookies(ownerSession);
}

const elsewhere = async (browser: Browser): Promise<Page> => {
  const page = await (await browser.newContext()).newPage();
  watch(page);
  return page;
};

test("the set-up link makes the owner, once, and leads on", async ({ page, request }) => {
  const file = path.join(process.env.SLIPWAY_TEST_DIR ?? "", "data", "run", "setup-link");
  const { open } = (await (await request.get("/api/v1/setup")).json()) as { open: boolean };
  if (open) {
    const link = new URL(fs.readFileSync(file, "utf8").trim());
    await page.goto("/set-up");
    await expect(page.getByText("Open the set-up link")).toBeVisible();
    await page.goto("about:blank");
    await page.goto(link.pathname + link.hash);
    await page.getByRole("button", { name: "Create the owner’s account" }).click();
    await expect(page.getByText("Must have at least 12 characters.")).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel("Your name").fill(owner.name);
    await page.getByLabel("E-mail").fill(owner.email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Create the owner’s account" }).click();
    await expect(page.getByRole("button", { name: "Deploy the sample" })).toBeVisible();
    expect(page.url()).not.toContain("token=");
    await expectAccessible(page);
    await page.getByRole("link", { name: "Go to Slipway" }).click();
    await page.waitForURL(/\/app$/);
  } else {
    await accept(page, await invite(request, owner.email, { instanceRole: "owner" }), owner.name);
  }
  await expect(page.getByRole("button", { name: `Account of ${owner.name}` })).toBeVisible();
  await page.goto("/set-up");
  await expect(page.getByText("This Slipway is set up already")).toBeVisible();
});

test("signing in says what is wrong, waits when told to, and goes where one wanted, never elsewhere", async ({ page }) => {
  await page.goto("/app/settings/tokens");
  await page.waitForURL(/\/sign-in\?next=/);
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("E-mail and password do not match an account.")).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/app\/settings\/tokens$/);

  await page.getByRole("button", { name: `Account of ${owner.name}` }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByText("You are signed out")).toBeVisible();
  // One of the many that e2e/trust/sign-in-routes.test.ts tries.
  await page.goto(`/sign-in?next=${encodeURIComponent("//evil.example")}`);
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/app$/);
  ownerSession = await page.context().cookies();
  await page.context().clearCookies();

  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(mail("nobody"));
  // The first ones by the same path, but without typing each.
  for (let tries = 1; tries < 10; tries++) expect((await page.request.post("/api/auth/sign-in/email", { headers: { origin: new URL(page.url()).origin }, data: { email: mail("nobody"), password: `wrong number ${tries}` } })).status()).toBe(401);
  for (const says of [/do not match an account/, /Too many attempts/]) {
    await page.getByLabel("Password", { exact: true }).fill("wrong once more");
    await page.keyboard.press("Enter");
    await expect(page.getByText(says)).toBeVisible();
  }
  await expect(page.getByText(/Too many attempts/)).toBeVisible();
  await expect(page.getByRole("button", { name: /Sign in \(in \d+ s\)/ })).toBeDisabled();
});

test("an owner makes a project and invites to it; the invited see their project and nothing of the instance", async ({ page, browser }) => {
  await asOwner(page);
  await page.goto("/app/settings/projects?new=true");
  await page.getByLabel("Name", { exact: true }).fill("Not A Slug");
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByText(/lower-case letters, digits and hyphens, starting/)).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill(project);
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByText(`Project ${project} created`)).toBeVisible();
  // What comes next is a model.
  await page.waitForURL(`/app/${project}/models`);

  await page.goto(`/app/settings/members?project=${project}`);
  await page.getByRole("button", { name: "Add member" }).first().click();
  await page.getByLabel("E-mail").fill(mail("bob"));
  await page.getByRole("radio", { name: "Viewer" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Add member" }).click();
  const dialog = page.getByRole("dialog", { name: `Invitation for ${mail("bob")}` });
  const link = (await dialog.locator("code").textContent())!;
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Done" }).click();

  const bob = await elsewhere(browser);
  await accept(bob, link, "Bob");
  await bob.goto("/app/settings");
  await bob.waitForURL(/settings\/account$/);
  const settings = bob.getByRole("navigation", { name: "Settings" });
  await expect(settings.getByRole("link", { name: "Members" }).first()).toBeVisible();
  await expect(settings.getByRole("link", { name: "People" })).toHaveCount(0);
  for (const hidden of ["/app/settings/users", "/app/settings/audit"]) {
    await bob.goto(hidden);
    await expect(bob.getByText("There is no such page, or you have no access to it").first()).toBeVisible();
  }
  await bob.goto(`/app/settings/secrets?project=${project}`);
  await expect(bob.getByRole("heading", { name: `${project} has no secrets` })).toBeVisible();
  await expect(bob.getByRole("button", { name: "New secret" })).toHaveCount(0);
  await bob.goto(new URL(link).pathname + new URL(link).hash);
  await expect(bob.getByText("This invitation no longer works").first()).toBeVisible();
  await bob.context().close();
});

test("a token is shown once, works at once and is refused once it is revoked", async ({ page, request }) => {
  await asOwner(page);
  await page.goto("/app/settings/tokens?new=true");
  await page.getByRole("dialog").getByLabel("Name").fill("journey");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create token" }).click();
  const token = (await page.getByRole("dialog", { name: "Token journey" }).locator("code").first().textContent())!;
  expect(token).toMatch(/^slp_/);
  const me = () => request.get("/api/v1/me", { headers: { authorization: `Bearer ${token}` } });
  expect((await me()).status()).toBe(200);
  await page.getByRole("button", { name: "I have copied it" }).click();
  await page.reload();
  expect(await page.content()).not.toContain(token);
  await page.getByRole("button", { name: "Actions for journey" }).click();
  await page.getByRole("menuitem", { name: "Revoke token" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke token" }).click();
  await expect(page.getByText("Token journey revoked")).toBeVisible();
  expect((await me()).status()).toBe(401);
});

test("ending the other sessions sends them to the door", async ({ page, browser }) => {
  const other = await elsewhere(browser);
  await signIn(other, owner.email);
  await other.waitForURL(/\/app$/);
  await asOwner(page);
  await page.goto("/app/settings/sessions");
  await page.getByRole("button", { name: "End all others" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End all others" }).click();
  await expect(page.getByRole("list", { name: "Your sessions" }).getByRole("listitem")).toHaveCount(1);
  await other.goto("/app/settings/account");
  await other.waitForURL(/\/sign-in\?next=%2Fapp%2Fsettings%2Faccount$/);
  await other.context().close();
});

test("by mouse: what the palette lists is clicked, a line below the first too", async ({ page }) => {
  await asOwner(page);
  await page.goto("/app");
  await page.getByRole("button", { name: /^Search and commands/ }).click();
  await page.getByRole("option", { name: "Settings: Sessions" }).click();
  await page.waitForURL(/\/app\/settings\/sessions/);
});

test("by keyboard alone: from anywhere to the audit log, whose chain holds", async ({ page }) => {
  await asOwner(page);
  await page.goto("/app");
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("audit");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/app\/settings\/audit/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible(); // the page itself, not the one that is being left
  await page.getByRole("button", { name: "Verify chain" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^Intact: all \d+ rows are as they were written$/)).toBeVisible();
  await page.getByRole("combobox", { name: "Kind of action" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("option", { name: "Tokens" }).press("Enter");
  await page.waitForURL(/action=token\./);
  const details = page.getByRole("button", { name: /^Details of / });
  await expect(details.first()).toHaveText(/^token\./);
  for (const text of await details.allTextContents()) expect(text).toMatch(/^token\./);
  await details.first().focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText("Hash");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(details.first()).toBeFocused();
});

test("a reset link sets a new password, ends the old sessions and works once", async ({ page, browser, request }) => {
  const email = mail("carol");
  const carol = await elsewhere(browser);
  await accept(carol, await invite(request, email, { instanceRole: "platform" }), "Carol");
  await asOwner(page);
  await page.goto("/app/settings/users");
  await page.getByRole("row", { name: new RegExp(email) }).getByRole("button", { name: "Actions for Carol" }).click();
  await page.getByRole("menuitem", { name: "Make a reset link" }).click();
  const link = new URL((await page.getByRole("dialog", { name: `Reset link for ${email}` }).locator("code").textContent())!);

  const fresh = await elsewhere(browser);
  await fresh.goto(link.pathname + link.hash);
  await fresh.getByLabel("New password", { exact: true }).fill("quite another password");
  await fresh.getByRole("button", { name: "Set password and sign in" }).click();
  await fresh.waitForURL(/\/app$/);
  await carol.goto("/app");
  await carol.waitForURL(/\/sign-in/);
  await carol.goto(link.pathname + link.hash);
  await carol.getByLabel("New password", { exact: true }).fill("one password too many");
  await carol.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(carol.getByText("This link no longer works").first()).toBeVisible();
  await Promise.all([carol.context().close(), fresh.context().close()]);
});
