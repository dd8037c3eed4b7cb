import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium, type Page } from "@playwright/test";
import type { Build } from "@/e2e/cluster/build";
import type { ControlPlane } from "@/e2e/cluster/control-plane";
import { buildLinearModel } from "@/lib/samples/build-onnx";
import { ensureBrowser } from "@/scripts/ensure-browser";
import { type Bench, PROJECT, quantile } from "@/scripts/bench/context";
import fs from "node:fs";

const root = path.resolve(import.meta.dirname, "../..");
const NAME = "watched";
const D = `/api/v1/projects/${PROJECT}/deployments/${NAME}`;

/** Milliseconds from when `kubectl get -w` printed a change until the page's text had it; below zero: the page was first. */
export type PageLag = { p50: number; p95: number; samples: number; least: number; most: number };

/**
 * A pod's readiness is taken and given back by turns, as a probe would; an open page of the deployment in a real browser and
 * `kubectl get pods -w` are told by the same API server. Both clocks are this machine's.
 */
export async function measurePage({ slipway, cookie }: Bench, plane: ControlPlane, build: Build, turns: number): Promise<PageLag> {
  await slipway.must("POST", "/api/v1/targets", { name: "bench-cluster", connection: { type: "kubeconfig", kubeconfig: fs.readFileSync(plane.kubeconfig(), "utf8"), context: "test" }, settings: { nodes: "any", region: "us-east-1" } });
  await slipway.must("POST", `/api/v1/projects/${PROJECT}/models`, { name: NAME });
  await slipway.must("POST", `/api/v1/projects/${PROJECT}/models/${NAME}/versions?filename=model.onnx`, new Uint8Array(buildLinearModel({ inputs: 4, outputs: 3 })));
  await slipway.must("POST", `/api/v1/projects/${PROJECT}/deployments`, { name: NAME, model: NAME, version: 1, target: "bench-cluster", profile: "c7i-large", scaling: { min: 2, max: 2 } });
  await slipway.until("GET", D, (a) => a.json.phase === "Ready" && (a.json.status as { replicas: { ready: number } }).replicas.ready === 2);

  const browser = await chromium.launch({ executablePath: ensureBrowser(root) ?? undefined, args: ["--no-sandbox", "--disable-gpu"] });
  const [pod, namespace] = plane.kubectl(["get", "pods", "-A", "-l", `slipway.dev/deployment=${NAME}`, "-o", "jsonpath={.items[0].metadata.name} {.items[0].metadata.namespace}"]).split(" ") as [string, string];
  const watch = spawn(build.bin("kubectl"), ["--kubeconfig", plane.kubeconfig("admin"), "get", "pod", pod, "-n", namespace, "-w", "--no-headers"], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    /** When kubectl printed that so many of the pod's containers are ready. */
    const printed: { ready: string; at: number }[] = [];
    createInterface({ input: watch.stdout }).on("line", (line) => printed.push({ ready: line.trim().split(/\s+/)[1]!, at: Date.now() }));
    const page = await openPage(browser, slipway.base, cookie);
    const lags: number[] = [];
    for (let turn = 0; turn < turns; turn++) {
      const up = turn % 2 === 1;
      const from = Date.now();
      setReady(plane, pod, namespace, up);
      const kubectlAt = await until(() => printed.find((p) => p.at >= from && p.ready === (up ? "1/1" : "0/1"))?.at);
      const pageAt = await until(() => page.evaluate(([since, text]) => (window as unknown as Seen).seen.find((s) => s.at >= since && s.text === text)?.at, [from, up ? "2" : "1"] as const));
      lags.push(pageAt - kubectlAt);
      await sleep(300);
    }
    return { p50: quantile(lags, 0.5), p95: quantile(lags, 0.95), samples: lags.length, least: Math.min(...lags), most: Math.max(...lags) };
  } finally {
    watch.kill();
    await browser.close();
  }
}

type Seen = { seen: { text: string; at: number }[] };

async function openPage(browser: Awaited<ReturnType<typeof chromium.launch>>, base: string, cookie: string): Promise<Page> {
  const context = await browser.newContext();
  await context.addCookies(cookie.split("; ").map((c) => ({ name: c.slice(0, c.indexOf("=")), value: c.slice(c.indexOf("=") + 1), url: base })));
  const page = await context.newPage();
  await page.goto(`${base}/app/${PROJECT}/deployments/${NAME}`);
  const figure = page.locator("dt", { hasText: /^Serving$/ }).locator("xpath=following-sibling::dd");
  await figure.waitFor();
  await figure.evaluate((element) => {
    const seen: Seen["seen"] = [];
    (window as unknown as Seen).seen = seen;
    new MutationObserver(() => seen.push({ text: element.textContent ?? "", at: Date.now() })).observe(element, { characterData: true, childList: true, subtree: true });
  });
  // The stream of events opens after the page is drawn.
  await sleep(2000);
  return page;
}

function setReady(plane: ControlPlane, pod: string, namespace: string, ready: boolean): void {
  const at = new Date().toISOString().replace(/\.\d+Z/, "Z");
  const status = ready ? "True" : "False";
  const { containerStatuses } = JSON.parse(plane.kubectl(["get", "pod", pod, "-n", namespace, "-o", "jsonpath={.status}"])) as { containerStatuses: object[] };
  plane.kubectl(["patch", "pod", pod, "-n", namespace, "--subresource=status", "-p", JSON.stringify({ status: { conditions: ["Ready", "ContainersReady"].map((type) => ({ type, status, lastTransitionTime: at })), containerStatuses: containerStatuses.map((c) => ({ ...c, ready })) } })]);
}

async function until<T>(read: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 30_000;
  for (;;) {
    const found = await read();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error("A change was seen by one and not by the other for 30 s.");
    await sleep(5);
  }
}
