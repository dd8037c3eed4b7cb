import { counter, secondsHistogram } from "@/lib/health/registry";

const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counts an API request: rate, errors, duration by route. The path is the template, never what the caller sent. */
export function observeRequest(route: { method: string; path: string }, status: number, seconds: number): void {
  const labels = { method: route.method, route: route.path };
  counter("slipway_http_requests_total", "API requests", ["method", "route", "status"]).inc({ ...labels, status });
  secondsHistogram("slipway_http_request_duration_seconds", "Seconds an API request took", BUCKETS, ["method", "route"]).observe(labels, seconds);
}
