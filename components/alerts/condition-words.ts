import { Activity, CircleDollarSign, CloudLightning, Flame, Gauge, Layers, RotateCcw, Undo2, Unplug, type LucideIcon } from "lucide-react";
import type { z } from "zod";
import type { Condition, conditionSchema } from "@/lib/alerts/schema";

type Words = { title: string; detail: string; icon: LucideIcon; /** What the form begins with. */ first: z.input<typeof conditionSchema> };

/** The kinds of rule as the form offers them. */
export const CONDITION_WORDS: Record<Condition["kind"], Words> = {
  latency: { title: "Latency", detail: "p99 above a limit", icon: Gauge, first: { kind: "latency", thresholdMs: 200, window: "5m" } },
  errorRate: { title: "Error rate", detail: "More than a share of requests fail", icon: Activity, first: { kind: "errorRate", thresholdPercent: 1, window: "5m" } },
  burnRate: { title: "Objective (SLO)", detail: "The error budget of an availability burns too fast", icon: Flame, first: { kind: "burnRate", objectivePercent: 99.9, speed: "fast" } },
  saturation: { title: "Saturation", detail: "Requests wait for a replica", icon: Layers, first: { kind: "saturation", waitingPerReplica: 4, window: "5m" } },
  noTraffic: { title: "No traffic", detail: "No request although it is ready", icon: Unplug, first: { kind: "noTraffic", window: "15m" } },
  crashLoop: { title: "Crash loop", detail: "Replicas fail again and again", icon: RotateCcw, first: { kind: "crashLoop", failures: 3, minutes: 10 } },
  spotInterruption: { title: "Spot interruption", detail: "Nodes are taken back; clusters only", icon: CloudLightning, first: { kind: "spotInterruption", interruptions: 1, minutes: 60 } },
  rolloutFailed: { title: "Failed rollout", detail: "A canary was rolled back by itself, or a revision given up", icon: Undo2, first: { kind: "rolloutFailed", minutes: 60 } },
  budget: { title: "Budget", detail: "A share of the month's budget is spent", icon: CircleDollarSign, first: { kind: "budget", percent: 80 } },
};
