"use client";
import { Command } from "cmdk";
import { Check, ChevronsUpDown } from "lucide-react";
import { Popover } from "radix-ui";
import { useState, type ReactNode } from "react";
import { cx } from "./cx";
import { useFieldProps } from "./field";

export type ComboboxOption = { value: string; label: string; hint?: ReactNode; disabled?: boolean; /** Further words that find it. */ keywords?: string[] };
export type ComboboxProps = {
  options: ComboboxOption[]; value: string | undefined; onValueChange: (value: string) => void;
  placeholder?: string; searchPlaceholder?: string; empty?: ReactNode; disabled?: boolean; className?: string; "aria-label"?: string;
  /** Given: the list is searched elsewhere (a server) and shown as it comes. */
  onSearch?: (text: string) => void; loading?: boolean;
};

/** One of a long list, found by typing. */
export function Combobox({ options, value, onValueChange, placeholder = "Choose", searchPlaceholder = "Type to find", empty = "Nothing matches.", disabled, className, onSearch, loading = false, ...rest }: ComboboxProps) {
  const [open, setOpen] = useState(false);
  const wired = useFieldProps();
  const chosen = options.find((o) => o.value === value);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <button type="button" role="combobox" aria-expanded={open} aria-haspopup="dialog" disabled={disabled} data-placeholder={chosen ? undefined : ""} {...wired} aria-label={rest["aria-label"]} className={cx("control flex items-center justify-between gap-2 text-left", className)}>
          <span className="truncate">{chosen?.label ?? value ?? placeholder}</span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content align="start" sideOffset={4} className="menu w-(--radix-popover-trigger-width) min-w-60 p-0">
          <Command label={searchPlaceholder} shouldFilter={!onSearch}>
            <Command.Input placeholder={searchPlaceholder} onValueChange={onSearch} className="h-9 w-full border-b border-line bg-transparent px-3 outline-none" />
            <Command.List className="max-h-72 overflow-y-auto p-1">
              <Command.Empty className="px-2 py-6 text-center text-sm text-ink-faint">{loading ? "Searching…" : empty}</Command.Empty>
              {options.map((o) => (
                <Command.Item key={o.value} value={o.value} keywords={[o.label, ...(o.keywords ?? [])]} disabled={o.disabled} className="menu-item"
                  onSelect={() => { onValueChange(o.value); setOpen(false); }}>
                  <span className="min-w-0 flex-1 truncate">{o.label}</span>
                  {o.hint ? <span className="text-sm text-ink-faint">{o.hint}</span> : null}
                  <Check aria-hidden className={o.value === value ? "" : "invisible"} />
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
