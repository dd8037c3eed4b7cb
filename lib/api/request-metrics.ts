import { Counter, Histogram, Registry, collectDefaultMetrics } from "prom-client";

const holder = globalThis as { slipwayRegistry?: Registry };

/** Slipway's own measures, one registry a process. */
export function registry(): Registry {
  if (!holder.slipwayRegistry) {
    holder.slipwayRegistry = new Registry();
    collectDefaultMetrics({ register: holder.slipwayRegistry, prefix: "slipway_" });
  }
  return holder.slipwayRegistry;
}

function metric<T>(name: string, make: () => T): T {
  return (registry().getSingleMetric(name) as T | undefined) ?? make();
}

/** Counts an API request: rate, errors, duration by route. The path is the template, never what the caller sent. */
export function observeRequest(route: { method: string; path: string }, status: number, seconds: number): void {
  const labels = { method: route.method, route: route.path };
  metric("slipway_http_requests_total", () => new Counter({ name: "slipway_http_requests_total", help: "API requests", labelNames: ["method", "route", "status"], registers: [registry()] }))
    .inc({ ...labels, status });
  metric("slipway_http_request_duration_seconds", () => new Histogram({
    name: "slipway_http_request_duration_seconds", help: "Seconds an API request took", labelNames: ["method", "route"],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10], registers: [registry()],
  })).observe(labels, seconds);
}
