"use client";
import { Switch as Radix } from "radix-ui";
import { useId, type ReactNode } from "react";

export type SwitchProps = { checked: boolean; onCheckedChange: (checked: boolean) => void; label: ReactNode; hint?: ReactNode; disabled?: boolean };

/** On or off, at once. */
export function Switch({ checked, onCheckedChange, label, hint, disabled }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="grid gap-0.5">
        <label htmlFor={id} className="text-base text-ink">{label}</label>
        {hint ? <p id={`${id}-hint`} className="text-sm text-ink-faint">{hint}</p> : null}
      </div>
      <Radix.Root id={id} checked={checked} onCheckedChange={onCheckedChange} disabled={disabled} aria-describedby={hint ? `${id}-hint` : undefined}
        className="h-5 w-9 shrink-0 rounded-full bg-line-strong p-0.5 transition-colors disabled:opacity-55 data-[state=checked]:bg-ready">
        <Radix.Thumb className="block size-4 rounded-full bg-surface shadow-control transition-transform data-[state=checked]:translate-x-4" />
      </Radix.Root>
    </div>
  );
}
