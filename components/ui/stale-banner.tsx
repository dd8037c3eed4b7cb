import { CloudOff } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";

/** What is shown is older than it should be: says since when, and offers another try. `since`: a RelativeTime, usually. */
export function StaleBanner({ since, reason, onRetry, retrying = false }: { since: ReactNode; reason?: ReactNode; onRetry?: () => void; retrying?: boolean }) {
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-2.5 gap-y-1 rounded-md bg-warning-soft px-3 py-1.5 text-sm">
      <CloudOff aria-hidden className="size-4 shrink-0 text-warning" />
      <span className="text-ink">Last updated {since}.</span>
      {reason ? <span className="text-ink-muted">{reason}</span> : null}
      {onRetry ? <Button size="sm" variant="ghost" className="ml-auto" onClick={onRetry} loading={retrying}>Try again</Button> : null}
    </div>
  );
}
