import os from "node:os";
import { env } from "@/lib/env";
import { guardedFetch } from "@/lib/net/guarded-fetch";
import { whyNoMetricsSource } from "@/lib/net/vet-source-address";
import { toOtlp, type Resource, type Span } from "@/lib/tracing/otlp";
import { counter } from "@/lib/health/registry";

const EVERY_MS = 2000;
const BATCH = 512;
/** More wait while a collector is away; beyond, the oldest go: tracing never holds up what it traces. */
const MOST_WAITING = 4096;
const TIMEOUT_MS = 5000;

/** `https://collector:4318`, or null: nothing is traced. */
export type Collector = { url: string; headers: Record<string, string> };

/** Pure: `a=b,c=d`, as OpenTelemetry writes headers in its environment. */
export function headersOf(text: string): Record<string, string> {
  return Object.fromEntries(text.split(",").map((pair) => pair.split("=")).filter(([name]) => name?.trim()).map(([name, ...value]) => [name!.trim().toLowerCase(), readable(value.join("=").trim())]));
}

/** A well-formed escape may still be of no character; it is then sent as it stands. */
function readable(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Hands spans to a collector, by and by. A span that is not taken is counted, never tried for ever. */
export class Exporter {
  private waiting: Span[] = [];
  private timer: NodeJS.Timeout | undefined;
  private sending: Promise<void> | null = null;

  constructor(private readonly collector: Collector, private readonly resource: Resource) {}

  add(span: Span): void {
    this.waiting.push(span);
    if (this.waiting.length > MOST_WAITING) {
      this.waiting.shift();
      dropped(1);
    }
    this.timer ??= setTimeout(() => void this.flush(), EVERY_MS).unref();
  }

  /** Sends what waits. Never rejects. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await (this.sending ??= this.sendAll().finally(() => { this.sending = null; }));
  }

  private async sendAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, BATCH);
      const taken = await this.send(batch).catch(() => false);
      if (!taken) dropped(batch.length);
    }
  }

  private async send(batch: Span[]): Promise<boolean> {
    const answer = await guardedFetch(`${this.collector.url}/v1/traces`, {
      method: "POST", headers: { "content-type": "application/json", ...this.collector.headers }, body: JSON.stringify(toOtlp(batch, this.resource)), maxRedirects: 0, timeoutMs: TIMEOUT_MS, signal: AbortSignal.timeout(TIMEOUT_MS),
      allow: { check: whyNoMetricsSource, rule: "A collector may be private, but never a metadata service or a link-local address." },
    });
    answer.body.on("error", () => undefined).destroy();
    return answer.status >= 200 && answer.status < 300;
  }
}

const dropped = (spans: number): void => counter("slipway_spans_dropped_total", "Spans that the collector did not take").inc(spans);

const holder = globalThis as { slipwayExporter?: Exporter | null };
/** This process's, where OTEL_EXPORTER_OTLP_ENDPOINT is set; one a process, whatever the bundles. */
export function exporter(): Exporter | null {
  if (holder.slipwayExporter === undefined) {
    const e = env();
    const process = /([a-z-]+)\.m?[jt]s$/.exec(globalThis.process.argv[1] ?? "")?.[1] ?? "web";
    holder.slipwayExporter = e.OTEL_EXPORTER_OTLP_ENDPOINT === undefined ? null
      : new Exporter({ url: e.OTEL_EXPORTER_OTLP_ENDPOINT.replace(/\/+$/, ""), headers: headersOf(e.OTEL_EXPORTER_OTLP_HEADERS) }, { process, version: "0.1.0", host: os.hostname(), pid: globalThis.process.pid });
  }
  return holder.slipwayExporter;
}
