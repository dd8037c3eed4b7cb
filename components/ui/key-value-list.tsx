import { Fragment, type ReactNode } from "react";
import { cx } from "./cx";

/** Facts of one thing: name left, value right of it. null or undefined values are shown as a dash. */
export function KeyValueList({ items, className }: { items: { label: ReactNode; value: ReactNode; mono?: boolean }[]; className?: string }) {
  return (
    <dl className={cx("grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-6 gap-y-2", className)}>
      {items.map((item, i) => (
        <Fragment key={i}>
          <dt className="text-ink-muted">{item.label}</dt>
          <dd className={cx("min-w-0 text-ink wrap-anywhere tabular", item.mono && "font-mono text-sm")}>{item.value ?? <span className="text-ink-faint">–</span>}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
