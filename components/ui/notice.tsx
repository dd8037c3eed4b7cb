import { Info } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";
import { stateLook, type State } from "./status";

export type NoticeProps = { state?: State | "info"; title: ReactNode; children?: ReactNode; actions?: ReactNode; className?: string };

/** A message inside the page: a warning above a form, a finding, the reason a button is off. Failures are announced. */
export function Notice({ state = "info", title, children, actions, className }: NoticeProps) {
  const look = state === "info" ? { icon: Info, text: "text-progressing", soft: "bg-progressing-soft" } : stateLook[state];
  const Icon = look.icon;
  return (
    <div role={state === "failed" ? "alert" : "status"} className={cx("flex items-start gap-2.5 rounded-lg p-3", look.soft, className)}>
      <Icon aria-hidden className={cx("mt-0.5 size-4 shrink-0", look.text, state === "progressing" && "animate-spin")} />
      <div className="grid min-w-0 flex-1 gap-0.5">
        <p className="font-medium text-ink">{title}</p>
        {children ? <div className="text-ink-muted">{children}</div> : null}
        {actions ? <div className="mt-2 flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  );
}
