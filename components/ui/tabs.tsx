"use client";
import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { tabClass, tabListClass } from "./tab-class";

export type TabsProps = { tabs: { value: string; label: ReactNode; count?: ReactNode; content: ReactNode }[]; value: string; onValueChange: (value: string) => void; "aria-label": string };

/** Views of one thing on one page. Where each view has its own address use LinkTabs. */
export function Tabs({ tabs, value, onValueChange, ...rest }: TabsProps) {
  return (
    <Radix.Root value={value} onValueChange={onValueChange}>
      <Radix.List aria-label={rest["aria-label"]} className={tabListClass}>
        {tabs.map((t) => (
          <Radix.Trigger key={t.value} value={t.value} className={tabClass}>{t.label}{t.count !== undefined ? <span className="text-ink-faint tabular">{t.count}</span> : null}</Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((t) => <Radix.Content key={t.value} value={t.value} className="pt-4">{t.content}</Radix.Content>)}
    </Radix.Root>
  );
}
