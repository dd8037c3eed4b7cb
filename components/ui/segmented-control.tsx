"use client";
import { RadioGroup } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "./cx";

export type SegmentedControlProps<V extends string> = { options: { value: V; label: ReactNode }[]; value: V; onValueChange: (value: V) => void; "aria-label": string; size?: "sm" | "md" };

/** One of a few short words, at once: a time window, a view. */
export function SegmentedControl<V extends string>({ options, value, onValueChange, size = "sm", ...rest }: SegmentedControlProps<V>) {
  return (
    <RadioGroup.Root orientation="horizontal" value={value} onValueChange={(v) => onValueChange(v as V)} aria-label={rest["aria-label"]} className="inline-flex rounded-md border border-line bg-sunken p-0.5">
      {options.map((o) => (
        <RadioGroup.Item key={o.value} value={o.value} className={cx("rounded-sm px-2 font-medium text-ink-muted transition-colors hover:text-ink data-[state=checked]:bg-surface data-[state=checked]:text-ink data-[state=checked]:shadow-control data-[state=checked]:outline data-[state=checked]:outline-line focus-visible:outline-2! focus-visible:outline-focus!", size === "sm" ? "h-6 text-sm" : "h-7 text-base")}>{o.label}</RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
