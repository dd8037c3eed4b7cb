import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium, type Page } from "@playwright/test";
import type { Build } from "@/e2e/cluster/build";
import type { ControlPlane } from "@/e2e/cluster/control-plane";
import { makeTarget, settingsOf } from "@/e2e/cluster/make-target";
import { buildLinearModel } from "@/lib/samples/build-onnx";
import type { KubeClient } from "@/lib/targets/kubernetes/client";
import { KINDS } from "@/lib/targets/kubernetes/kinds";
import { ensureBrowser } from "@/scripts/ensure-browser";
import { type Bench, PROJECT } from "@/scripts/bench/context";
import fs from "node:fs";

const root = path.resolve(import.meta.dirname, "../..");
const NAME = "watched";
const D = `/api/v1/projects/${PROJECT}/deployments/${NAME}`;

/** Milliseconds from when `kubectl get -w` printed a change until the page's text had it, and until what came before that; below zero: the page was first. */
export type PageLag = { text: number[]; event: number[]; answer: number[] };

/**
 * A pod's readiness is taken and given back by turns, as a probe would; an open page of the deployment in a real browser and
 * `kubectl get pods -w` are told by the same API server. Both clocks are this machine's, and nothing else is done while they run.
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
  const { client } = makeTarget(plane.kubeconfig("admin"), settingsOf());
  try {
    /** When kubectl printed that so many of the pod's containers are ready. */
    const printed: { ready: string; at: number }[] = [];
    createInterface({ input: watch.stdout }).on("line", (line) => printed.push({ ready: line.trim().split(/\s+/)[1]!, at: Date.now() }));
    const page = await openPage(browser, slipway.base, cookie);
    const lag: PageLag = { text: [], event: [], answer: [] };
    for (let turn = 0; turn < turns; turn++) {
      const up = turn % 2 === 1;
      const from = Date.now();
      // The page waits by itself: asking it again and again would keep the browser from drawing.
      const seen = page.evaluate(([since, text]) => (window as unknown as Watched).untilText(since, text), [from, up ? "2" : "1"] as const);
      const [{ text, event, answer }] = await Promise.all([seen, setReady(client, pod, namespace, up)]);
      const kubectlAt = await until(() => printed.find((p) => p.at >= from && p.ready === (up ? "1/1" : "0/1"))?.at);
      lag.text.push(text - kubectlAt);
      lag.event.push(event - kubectlAt);
      lag.answer.push(answer - kubectlAt);
      await sleep(500);
    }
    return lag;
  } finally {
    watch.kill();
    await browser.close();
  }
}

type Seen = { text: number; event: number; answer: number };
type Watched = { untilText(since: number, text: string): Promise<Seen>; lastEventAt: number; figure: Element };

async function openPage(browser: Awaited<ReturnType<typeof chromium.launch>>, base: string, cookie: string): Promise<Page> {
  const context = await browser.newContext();
  await context.addCookies(cookie.split("; ").map((c) => ({ name: c.slice(0, c.indexOf("=")), value: c.slice(c.indexOf("=") + 1), url: base })));
  const page = await context.newPage();
  await page.addInitScript(() => {
    const add = EventSource.prototype.addEventListener;
    EventSource.prototype.addEventListener = function (this: EventSource, type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions) {
      if (type === "change") add.call(this, type, () => ((window as unknown as Watched).lastEventAt = Date.now()));
      add.call(this, type, listener, options);
    } as typeof add;
  });
  await page.goto(`${base}/app/${PROJECT}/deployments/${NAME}`);
  const figure = page.locator("dt", { hasText: /^Serving$/ }).locator("xpath=following-sibling::dd").filter({ visible: true });
  await figure.waitFor();
  // The stream of events opens after the page is drawn.
  await sleep(2000);
  await figure.evaluate((element, path) => {
    const watched = window as unknown as Watched;
    watched.untilText = (since, text) => new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (element.textContent !== text) return;
        observer.disconnect();
        const answered = performance.getEntriesByType("resource").filter((r) => r.name.endsWith(path)).map((r) => performance.timeOrigin + (r as PerformanceResourceTiming).responseEnd).filter((at) => at >= since);
        resolve({ text: Date.now(), event: watched.lastEventAt, answer: answered.at(-1) ?? NaN });
        performance.clearResourceTimings();
      });
      observer.observe(element, { characterData: true, childList: true, subtree: true });
    });
  }, D);
  return page;
}

type PodStatus = { metadata: { resourceVersion?: string }; status: { conditions: { type: string }[]; containerStatuses: object[] } };

async function setReady(client: KubeClient, pod: string, namespace: string, ready: boolean): Promise<void> {
  const at = new Date().toISOString().replace(/\.\d+Z/, "Z");
  const { status } = await client.get<PodStatus>(KINDS.Pod, namespace, pod);
  const conditions = status.conditions.map((c) => (["Ready", "ContainersReady"].includes(c.type) ? { ...c, status: ready ? "True" : "False", lastTransitionTime: at } : c));
  await client.merge(KINDS.Pod, namespace, pod, { status: { conditions, containerStatuses: status.containerStatuses.map((c) => ({ ...c, ready })) } }, "status");
}

async function until<T>(read: () => T | undefined): Promise<T> {
  const end = Date.now() + 30_000;
  for (;;) {
    const found = read();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error("A change was seen by one and not by the other for 30 s.");
    await sleep(5);
  }
}
