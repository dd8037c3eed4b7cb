"use client";
import { Check, Minus } from "lucide-react";
import { Checkbox as Radix } from "radix-ui";
import { useId, type ReactNode } from "react";

export type CheckboxProps = { checked: boolean | "indeterminate"; onCheckedChange: (checked: boolean) => void; label: ReactNode; hint?: ReactNode; disabled?: boolean; name?: string };

/** A yes or no that is sent with its form; for one that acts at once use Switch. */
export function Checkbox({ checked, onCheckedChange, label, hint, disabled, name }: CheckboxProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5">
      <Radix.Root id={id} name={name} checked={checked} disabled={disabled} onCheckedChange={(v) => onCheckedChange(v === true)} aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-sm border border-line-strong bg-surface text-surface shadow-control disabled:opacity-55 data-[state=checked]:border-ink data-[state=checked]:bg-ink data-[state=indeterminate]:border-ink data-[state=indeterminate]:bg-ink">
        <Radix.Indicator>{checked === "indeterminate" ? <Minus aria-hidden className="size-3" strokeWidth={3} /> : <Check aria-hidden className="size-3" strokeWidth={3} />}</Radix.Indicator>
      </Radix.Root>
      <div className="grid gap-0.5">
        <label htmlFor={id} className="text-base text-ink">{label}</label>
        {hint ? <p id={`${id}-hint`} className="text-sm text-ink-faint">{hint}</p> : null}
      </div>
    </div>
  );
}
