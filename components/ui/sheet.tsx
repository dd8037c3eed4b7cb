"use client";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { CSSProperties, ReactNode } from "react";
import { Button } from "./button";
import { cx } from "./cx";
import { useReturnFocus } from "./use-return-focus";

export type SheetProps = { open: boolean; onOpenChange: (open: boolean) => void; title: ReactNode; /** Reads the title aloud without showing it. */ hideTitle?: boolean; side?: "left" | "right"; children: ReactNode; footer?: ReactNode; className?: string };

/** A panel from the side: details beside a list, navigation on a small screen. */
export function Sheet({ open, onOpenChange, title, hideTitle = false, side = "right", children, footer, className }: SheetProps) {
  const focus = useReturnFocus();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-overlay animate-appear" />
        <Radix.Content {...focus} aria-describedby={undefined} style={{ "--slide-from": side === "left" ? "-24px" : "24px" } as CSSProperties}
          className={cx("fixed inset-y-0 z-50 flex w-[min(26rem,88vw)] flex-col bg-raised shadow-raised animate-slide-in", side === "left" ? "left-0" : "right-0", className)}>
          <header className={cx("flex items-center justify-between gap-3", hideTitle ? "absolute right-2 top-2 z-10" : "border-b border-line px-4 py-2.5")}>
            <Radix.Title className={hideTitle ? "sr-only" : "text-lg font-semibold"}>{title}</Radix.Title>
            <Radix.Close asChild><Button variant="ghost" icon aria-label="Close"><X aria-hidden /></Button></Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
          {footer ? <footer className="flex justify-end gap-2 border-t border-line px-4 py-3">{footer}</footer> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
