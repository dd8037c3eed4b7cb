"use client";
import Link from "next/link";
import { DropdownMenu as Radix } from "radix-ui";
import { Fragment, type ReactNode } from "react";
import { cx } from "./cx";

export type MenuItem = { label: ReactNode; icon?: ReactNode; hint?: ReactNode; danger?: boolean; disabled?: boolean } & ({ href: string; onSelect?: undefined } | { onSelect: () => void; href?: undefined });
/** Groups of items, parted by a line; `label` heads a group. */
export type MenuGroup = { label?: ReactNode; items: MenuItem[] };
export type DropdownMenuProps = { /** A Button, usually. */ trigger: ReactNode; groups: MenuGroup[]; align?: "start" | "end"; header?: ReactNode };

/** What else can be done here. The main action is a button beside it, never inside. */
export function DropdownMenu({ trigger, groups, align = "end", header }: DropdownMenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content align={align} sideOffset={4} collisionPadding={8} className="menu max-w-80">
          {header ? <div className="px-2 py-1.5">{header}</div> : null}
          {groups.map((group, g) => (
            <Fragment key={g}>
              {g > 0 || header ? <Radix.Separator className="-mx-1 my-1 h-px bg-line" /> : null}
              {group.label ? <Radix.Label className="px-2 py-1 text-xs text-ink-faint">{group.label}</Radix.Label> : null}
              {group.items.map((item, i) => {
                const inner = <>{item.icon}<span className="flex-1">{item.label}</span>{item.hint ? <span className="text-xs text-ink-faint">{item.hint}</span> : null}</>;
                const look = cx("menu-item", item.danger && "text-failed [&_svg]:text-failed!");
                return item.href !== undefined
                  ? <Radix.Item key={i} asChild disabled={item.disabled} className={look}><Link href={item.href}>{inner}</Link></Radix.Item>
                  : <Radix.Item key={i} disabled={item.disabled} className={look} onSelect={item.onSelect}>{inner}</Radix.Item>;
              })}
            </Fragment>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
