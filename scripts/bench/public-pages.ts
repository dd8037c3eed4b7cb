import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { type Browser, chromium } from "@playwright/test";
import lighthouse from "lighthouse";
import { axeFaults } from "@/e2e/journeys/expect-accessible";
import { inlineScripts } from "@/services/web/static-pages";
import { ensureBrowser } from "../ensure-browser";
import { type Bench, median, type Result } from "./context";
import { serveEmptyNext } from "./next-floor";
import { servePlain } from "./plain-page";

const WIDTHS = [390, 768, 1440];
/** Lighthouse's own slow 4G: on the machine's own wire every page is there at once and there is nothing to compare. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 };
const PAGES = ["/", "/calculator", "/case-studies/spot-or-on-demand", "/docs", "/contact"];
const OTHERS = ["accessibility", "best-practices", "seo"] as const;

/** The start page in a real browser against the same page as plain files, its scripts against those of an empty Next page, Lighthouse and axe. */
export async function publicPages(bench: Bench): Promise<Result[]> {
  const { base } = bench.slipway;
  const plain = await servePlain(base, "/");
  const debuggingPort = 9222 + Math.floor(Math.random() * 500);
  const browser = await chromium.launch({ executablePath: ensureBrowser(path.resolve(import.meta.dirname, "../..")) ?? undefined, args: ["--no-sandbox", "--disable-gpu", `--remote-debugging-port=${debuggingPort}`] });
  try {
    const results = await paint(browser, base, plain.base, bench.rounds);
    const empty = await serveEmptyNext();
    try {
      const [own, floor] = [await scriptBytes(browser, base), await scriptBytes(browser, empty.base)];
      results.push({ name: "JavaScript of the start page / of an empty Next page, compressed", value: own / floor, unit: "×", goal: "≤ 1.1", met: own <= 1.1 * floor, values: { "start page": `${own} bytes`, "empty Next page": `${floor} bytes` } });
    } finally {
      empty.close();
    }
    return [...results, ...(await scores(base, debuggingPort, bench.rounds)), await faults(browser, base)];
  } finally {
    await browser.close();
    plain.close();
  }
}

type Paint = { lcp: number; cls: number };

/** Largest paint and shift by width, each load in a browser context of its own, the two pages in alternation. */
async function paint(browser: Browser, ours: string, plain: string, rounds: number): Promise<Result[]> {
  const results: Result[] = [];
  let shift = 0;
  for (const width of WIDTHS) {
    const times = { ours: [] as number[], plain: [] as number[] };
    await load(browser, ours, width); // the first of a width warms the browser up and is not counted
    for (let i = 0; i < rounds; i++) {
      for (const [way, base] of [["ours", ours], ["plain", plain]] as const) {
        const { lcp, cls } = await load(browser, base, width);
        times[way].push(lcp);
        if (way === "ours") shift = Math.max(shift, cls);
      }
    }
    const [own, theirs] = [median(times.ours), median(times.plain)];
    results.push({ name: `start page at ${width} px: LCP / the same page as plain files`, value: own / theirs, unit: "×", goal: "≤ 1.2", met: own / theirs <= 1.2, values: { "start page": `${own.toFixed(0)} ms`, plain: `${theirs.toFixed(0)} ms` }, note: "slow 4G" });
  }
  return [...results, { name: "start page: CLS, the highest of all loads, scrolled to its end", value: shift, unit: "", goal: "0", met: shift === 0, values: { widths: WIDTHS.join(" ") } }];
}

async function load(browser: Browser, base: string, width: number): Promise<Paint> {
  const context = await browser.newContext({ viewport: { width, height: 844 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", SLOW_4G);
    await page.addInitScript(() => {
      const seen = { lcp: 0, cls: 0 };
      Object.assign(window, { seen });
      new PerformanceObserver((list) => { for (const e of list.getEntries()) seen.lcp = e.startTime; }).observe({ type: "largest-contentful-paint", buffered: true });
      new PerformanceObserver((list) => { for (const e of list.getEntries()) seen.cls += (e as PerformanceEntry & { value: number }).value; }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(base, { waitUntil: "networkidle" });
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const { lcp } = await page.evaluate(() => ({ ...(window as unknown as { seen: Paint }).seen }));
    if (!(lcp > 0)) throw new Error(`no largest paint was seen at ${width} px`);
    // Pictures below are loaded as they come near: to the end, so that their shifts count too.
    await page.evaluate(async () => {
      for (let y = 0; y < document.documentElement.scrollHeight; y += 600) { scrollTo(0, y); await new Promise((resolve) => requestAnimationFrame(resolve)); }
    });
    await page.waitForLoadState("networkidle");
    const { cls } = await page.evaluate(() => ({ ...(window as unknown as { seen: Paint }).seen }));
    return { lcp, cls };
  } finally {
    await context.close();
  }
}

/** Bytes of all that a browser is given to run: files it loads and the page's inline scripts, compressed alike. */
async function scriptBytes(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const files: Promise<Buffer>[] = [];
    page.on("response", (r) => { if (r.request().resourceType() === "script") files.push(r.body()); });
    const html = await (await page.goto(url, { waitUntil: "networkidle" }))!.text();
    const texts = [...(await Promise.all(files)), ...inlineScripts(html).map((text) => Buffer.from(text))];
    return texts.reduce((sum, text) => sum + brotliCompressSync(text).length, 0);
  } finally {
    await context.close();
  }
}

/** Lighthouse as it comes, which is a phone: medians of the performance, and the least of the others over all runs. */
async function scores(base: string, port: number, rounds: number): Promise<Result[]> {
  const performances: number[] = [];
  const least = new Map<string, number>(OTHERS.map((c) => [c, 100]));
  for (let i = 0; i < rounds; i++) {
    const run = await lighthouse(base, { port, output: "json", logLevel: "error", onlyCategories: ["performance", ...OTHERS] });
    if (!run || run.lhr.runtimeError) throw new Error(`Lighthouse did not run: ${run?.lhr.runtimeError?.message ?? "no answer"}`);
    const score = (category: string) => Math.round((run.lhr.categories[category]?.score ?? 0) * 100);
    performances.push(score("performance"));
    for (const c of OTHERS) {
      least.set(c, Math.min(least.get(c)!, score(c)));
      for (const ref of run.lhr.categories[c]?.auditRefs ?? []) { const audit = run.lhr.audits[ref.id]; if (i === 0 && ref.weight > 0 && audit?.score !== null && audit!.score < 1) console.log(`   ${c}: ${audit!.title}`); }
    }
  }
  const middle = median(performances);
  return [
    { name: "start page: Lighthouse performance, mobile", value: middle, unit: "of 100", goal: "≥ 95", met: middle >= 95, values: { runs: performances.join(" ") } },
    ...OTHERS.map((c) => ({ name: `start page: Lighthouse ${c}, the least of all runs`, value: least.get(c)!, unit: "of 100", goal: "100", met: least.get(c) === 100, values: {} })),
  ];
}

/** What axe finds on the public pages, at each width and in both themes. */
async function faults(browser: Browser, base: string): Promise<Result> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    const context = await browser.newContext({ viewport: { width, height: 900 } });
    const page = await context.newPage();
    for (const url of PAGES) {
      await page.goto(base + url);
      found.push(...(await axeFaults(page)).map((fault) => `${url} ${width} ${fault}`));
    }
    await context.close();
  }
  for (const fault of found) console.log(`   ${fault}`);
  return { name: `axe on ${PAGES.length} public pages, ${WIDTHS.length} widths, both themes: violations`, value: found.length, unit: "violations", goal: "0", met: found.length === 0, values: { pages: PAGES.join(" ") } };
}
