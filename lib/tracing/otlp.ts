export type Attributes = Readonly<Record<string, string | number | boolean>>;
/** A finished piece of work. Ids in hexadecimal, times in milliseconds since 1970 with fractions. */
export type Span = { traceId: string; spanId: string; parentSpanId: string | null; name: string; kind: "internal" | "server" | "client"; startMs: number; endMs: number; attributes: Attributes; /** What went wrong, in words that hold nothing secret; null: nothing. */ failed: string | null };
export type Resource = { process: string; version: string; host: string; pid: number };

const KIND = { internal: 1, server: 2, client: 3 } as const;
const ERROR = 2;
const nano = (ms: number): string => (BigInt(Math.round(ms * 1000)) * 1000n).toString();
const valueOf = (v: string | number | boolean) => (typeof v === "string" ? { stringValue: v } : typeof v === "boolean" ? { boolValue: v } : Number.isInteger(v) ? { intValue: String(v) } : { doubleValue: v });
const listed = (attributes: Attributes) => Object.entries(attributes).map(([key, v]) => ({ key, value: valueOf(v) }));

/** Pure: spans as the body of OTLP over HTTP in JSON (opentelemetry-proto, ExportTraceServiceRequest). */
export function toOtlp(spans: readonly Span[], { process, version, host, pid }: Resource): object {
  const resource = { attributes: listed({ "service.name": `slipway-${process}`, "service.namespace": "slipway", "service.version": version, "host.name": host, "process.pid": pid }) };
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "slipway" }, spans: spans.map((s) => ({
    traceId: s.traceId, spanId: s.spanId, ...(s.parentSpanId === null ? {} : { parentSpanId: s.parentSpanId }), name: s.name, kind: KIND[s.kind], startTimeUnixNano: nano(s.startMs), endTimeUnixNano: nano(s.endMs),
    attributes: listed(s.attributes), ...(s.failed === null ? {} : { status: { code: ERROR, message: s.failed } }),
  })) }] }] };
}

export type Parent = { traceId: string; spanId: string };
/** Pure: a caller's `traceparent` (W3C Trace Context); null for anything else. Only its ids are taken: whether a trace is kept is not the caller's to say. */
export function parseTraceparent(header: string | null): Parent | null {
  const [, traceId, spanId] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(header ?? "") ?? [];
  return traceId === undefined || spanId === undefined || /^0+$/.test(traceId) || /^0+$/.test(spanId) ? null : { traceId, spanId };
}
