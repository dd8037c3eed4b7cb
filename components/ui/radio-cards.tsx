"use client";
import { RadioGroup } from "radix-ui";
import { useId, type ReactNode } from "react";
import { cx } from "./cx";
import { useFieldProps } from "./field";

export type RadioCard = { value: string; title: ReactNode; detail?: ReactNode; /** At the right: a price, a badge. */ aside?: ReactNode; /** Below the text: a meter, a list. */ footer?: ReactNode; disabled?: boolean };
export type RadioCardsProps = { options: RadioCard[]; value: string | undefined; onValueChange: (value: string) => void; columns?: 1 | 2 | 3; className?: string; "aria-label"?: string };

const columnClass = { 1: "", 2: "sm:grid-cols-2", 3: "sm:grid-cols-2 lg:grid-cols-3" };

/** One of a few that need comparing; arrow keys move, the whole card is the target. */
export function RadioCards({ options, value, onValueChange, columns = 1, className, ...rest }: RadioCardsProps) {
  const base = useId();
  const wired = useFieldProps();
  return (
    <RadioGroup.Root value={value ?? ""} onValueChange={onValueChange} {...wired} aria-invalid={undefined} aria-label={rest["aria-label"]} aria-labelledby={rest["aria-label"] || !wired.id ? undefined : `${wired.id}-label`} className={cx("grid gap-2", columnClass[columns], className)}>
      {options.map((o) => (
        <RadioGroup.Item key={o.value} value={o.value} disabled={o.disabled} aria-labelledby={`${base}-${o.value}-t`} aria-describedby={o.detail ? `${base}-${o.value}-d` : undefined}
          className="group grid w-full grid-cols-[auto_1fr_auto] items-start gap-x-3 rounded-lg border border-line-strong bg-surface p-3 text-left transition-colors hover:bg-hover disabled:cursor-not-allowed disabled:bg-sunken data-[state=checked]:border-ink data-[state=checked]:ring-1 data-[state=checked]:ring-ink">
          <span aria-hidden className="mt-0.5 grid size-4 place-items-center rounded-full border border-line-strong bg-surface group-data-[state=checked]:border-[5px] group-data-[state=checked]:border-ink" />
          <span className="grid min-w-0 gap-0.5">
            <span id={`${base}-${o.value}-t`} className="font-medium text-ink">{o.title}</span>
            {o.detail ? <span id={`${base}-${o.value}-d`} className="text-sm text-ink-muted">{o.detail}</span> : null}
          </span>
          {o.aside ? <span className="text-right text-sm">{o.aside}</span> : <span />}
          {o.footer ? <span className="col-span-2 col-start-2 mt-2 block">{o.footer}</span> : null}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
