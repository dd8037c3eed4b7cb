import { BellOff, CircleCheck, Hourglass, Siren, TriangleAlert, type LucideIcon } from "lucide-react";
import type { ActiveAlertDto } from "@/lib/alerts/schema";

type Standing = "critical" | "warning" | "pending" | "resolved" | "ok" | "off";
const looks: Record<Standing, { icon: LucideIcon; tone: string; word: string }> = {
  critical: { icon: Siren, tone: "text-failed", word: "Critical" }, warning: { icon: TriangleAlert, tone: "text-warning", word: "Warning" }, pending: { icon: Hourglass, tone: "text-progressing", word: "Pending" },
  resolved: { icon: CircleCheck, tone: "text-ready", word: "Resolved" }, ok: { icon: CircleCheck, tone: "text-ready", word: "OK" }, off: { icon: BellOff, tone: "text-stopped", word: "Off" },
};

/** Where an alert stands as icon and word. */
export function AlertPhase({ standing, children }: { standing: Standing; children?: string }) {
  const { icon: Icon, tone, word } = looks[standing];
  return <span className={`inline-flex items-center gap-1.5 text-sm font-medium whitespace-nowrap ${tone}`}><Icon aria-hidden className="size-4 shrink-0" />{children ?? word}</span>;
}

export const standingOf = (a: Pick<ActiveAlertDto, "phase" | "severity">): Standing => (a.phase === "pending" ? "pending" : a.severity);
