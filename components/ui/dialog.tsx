"use client";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cx } from "./cx";
import { useReturnFocus } from "./use-return-focus";

const widths = { sm: "max-w-sm", md: "max-w-lg", lg: "max-w-2xl" };

/** The form in it is on its way (`aria-busy`): the button that sent it, which stands outside of the form, shows it. */
const sending = "has-[form[aria-busy=true]]:[&_footer_[type=submit]]:cursor-progress has-[form[aria-busy=true]]:[&_footer_[type=submit]]:opacity-60";

export type DialogProps = {
  open: boolean; onOpenChange: (open: boolean) => void; title: ReactNode; description?: ReactNode;
  children?: ReactNode; /** Buttons, the acting one last. */ footer?: ReactNode; size?: keyof typeof widths; /** The element that opens it, where it is not controlled from elsewhere. */ trigger?: ReactNode;
};

/** A question or a short form over the page. Esc and the backdrop close it; focus goes back where it was. */
export function Dialog({ open, onOpenChange, title, description, children, footer, size = "md", trigger }: DialogProps) {
  const focus = useReturnFocus();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger ? <Radix.Trigger asChild>{trigger}</Radix.Trigger> : null}
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-overlay animate-appear" />
        <div className="pointer-events-none fixed inset-0 z-50 grid items-end justify-items-center overflow-y-auto p-0 sm:items-center sm:p-6">
          <Radix.Content {...focus} {...(description ? {} : { "aria-describedby": undefined })} className={cx("pointer-events-auto relative grid max-h-[92dvh] w-full grid-rows-[auto_1fr_auto] rounded-t-xl bg-raised shadow-raised animate-appear sm:rounded-xl", sending, widths[size])}>
            <header className="grid gap-1 p-5 pb-3 pr-14">
              <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
              {description ? <Radix.Description className="text-ink-muted">{description}</Radix.Description> : null}
            </header>
            <div className="min-h-0 overflow-y-auto px-5 pb-5 pt-1">{children}</div>
            {footer ? <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer> : null}
            <Radix.Close asChild><Button variant="ghost" icon aria-label="Close" className="absolute! right-3 top-3"><X aria-hidden /></Button></Radix.Close>
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  );
}
