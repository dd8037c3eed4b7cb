"use client";
import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "./cx";
import { useFieldProps } from "./field";

export type SelectOption = { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean };
export type SelectProps = {
  options: SelectOption[]; value: string | undefined; onValueChange: (value: string) => void;
  placeholder?: string; disabled?: boolean; className?: string; name?: string; "aria-label"?: string;
};

/** One of a short list (up to about twelve; beyond that use Combobox). */
export function Select({ options, value, onValueChange, placeholder = "Choose", disabled, className, name, ...rest }: SelectProps) {
  const wired = useFieldProps();
  return (
    <Radix.Root value={value ?? ""} onValueChange={onValueChange} disabled={disabled} name={name}>
      <Radix.Trigger {...wired} aria-label={rest["aria-label"]} className={cx("control flex items-center justify-between gap-2 text-left", className)}>
        <span className="truncate"><Radix.Value placeholder={placeholder} /></span>
        <Radix.Icon asChild><ChevronDown aria-hidden className="size-4 shrink-0 text-ink-faint" /></Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content position="popper" sideOffset={4} className="menu max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width)">
          <Radix.Viewport>
            {options.map((o) => (
              <Radix.Item key={o.value} value={o.value} disabled={o.disabled} className="menu-item pr-8 relative">
                <span className="grid">
                  <Radix.ItemText>{o.label}</Radix.ItemText>
                  {o.hint ? <span className="text-xs text-ink-faint">{o.hint}</span> : null}
                </span>
                <Radix.ItemIndicator className="absolute right-2"><Check aria-hidden /></Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
