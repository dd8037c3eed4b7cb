import { CircleX, RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cx } from "./cx";

export type ErrorStateProps = { /** What happened. */ title: ReactNode; /** Why, as far as known. */ reason?: ReactNode; /** What to do. */ remedy?: ReactNode; onRetry?: () => void; retrying?: boolean; actions?: ReactNode; /** The problem's stable code or the request's id, for a report. */ reference?: string; className?: string };

/** A part of the page could not be shown: what happened, why, what to do. */
export function ErrorState({ title, reason, remedy, onRetry, retrying = false, actions, reference, className }: ErrorStateProps) {
  return (
    <div role="alert" className={cx("mx-auto grid max-w-md justify-items-center gap-2 px-4 py-12 text-center", className)}>
      <CircleX aria-hidden className="mb-1 size-6 text-failed" />
      <p className="text-lg font-semibold">{title}</p>
      {reason ? <p className="text-ink-muted">{reason}</p> : null}
      {remedy ? <p className="text-ink-muted">{remedy}</p> : null}
      {onRetry || actions ? (
        <div className="mt-3 flex flex-wrap justify-center gap-2">
          {onRetry ? <Button onClick={onRetry} loading={retrying}><RefreshCw aria-hidden />Try again</Button> : null}
          {actions}
        </div>
      ) : null}
      {reference ? <p className="mt-2 font-mono text-xs text-ink-faint">{reference}</p> : null}
    </div>
  );
}
