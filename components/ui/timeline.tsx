import { Circle } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";
import { stateLook, type State } from "./status";

export type TimelineStep = { id: string; title: ReactNode; /** waiting: not reached yet. */ state: State | "waiting"; /** At the right: "1.4 s", or a RelativeTime. */ aside?: ReactNode; detail?: ReactNode };

/** Steps in order, oldest first: a deploy, a file's way, the events of a thing. */
export function Timeline({ steps, label }: { steps: TimelineStep[]; label: string }) {
  return (
    <ol aria-label={label} className="grid">
      {steps.map((step, i) => {
        const look = step.state === "waiting" ? null : stateLook[step.state];
        const Icon = look?.icon ?? Circle;
        return (
          <li key={step.id} className="grid grid-cols-[1rem_1fr_auto] gap-x-3" aria-current={step.state === "progressing" ? "step" : undefined}>
            <span className="grid grid-rows-[1.25rem_1fr] justify-items-center">
              <Icon aria-hidden className={cx("mt-0.5 size-4", look?.text ?? "text-line-strong", step.state === "progressing" && "animate-spin")} />
              {i < steps.length - 1 ? <span aria-hidden className="my-1 w-px bg-line" /> : null}
            </span>
            <span className={cx("grid min-w-0 content-start pb-4", i === steps.length - 1 && "pb-0")}>
              <span className={step.state === "waiting" ? "text-ink-faint" : "font-medium text-ink"}>{step.title}<span className="sr-only"> ({look?.word ?? "not yet"})</span></span>
              {step.detail ? <span className="text-sm text-ink-muted wrap-anywhere">{step.detail}</span> : null}
            </span>
            <span className="text-right text-sm text-ink-muted tabular">{step.aside}</span>
          </li>
        );
      })}
    </ol>
  );
}
