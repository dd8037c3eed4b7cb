import type { State } from "@/components/ui/status";
import type { Fit } from "@/lib/profiles/fit";

const LOOK = {
  fits: { state: "ready", word: "Fits" }, tight: { state: "warning", word: "Tight" }, does_not_fit: { state: "failed", word: "Does not fit" }, unknown: { state: "stopped", word: "Unknown" },
} as const satisfies Record<Fit["verdict"], { state: State; word: string }>;

/** How a verdict of the fit is shown. */
export const fitLook = (verdict: Fit["verdict"]) => LOOK[verdict];

/** The best first. */
export const FIT_ORDER: Record<Fit["verdict"], number> = { fits: 0, tight: 1, unknown: 2, does_not_fit: 3 };
