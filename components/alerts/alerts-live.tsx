"use client";
import { useActiveAlerts } from "@/components/alerts/use-active-alerts";
import { useLive } from "@/components/live/live-provider";
import { keys } from "@/lib/api-client/query-keys";

/** Should a proxy swallow the stream, what fires is known a minute later. */
const FALLBACK_MS = 60_000;

/** Keeps everything about alerts current on every page; once, in the portal's frame. */
export function AlertsLive() {
  useLive("alerts", [keys.alerts]);
  useActiveAlerts(FALLBACK_MS);
  return null;
}
