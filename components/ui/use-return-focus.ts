"use client";
import { useRef } from "react";

/**
 * Handlers for a Radix dialog that is opened by state: focus goes back to what had it. Radix itself only knows its own Trigger.
 * Where an item of a menu opened it, the menu is gone by then, and its button gets the focus.
 */
export function useReturnFocus() {
  const opener = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus: () => {
      const active = document.activeElement instanceof HTMLElement ? document.activeElement : null;
      const menu = active?.closest("[role=menu]");
      opener.current = menu ? document.querySelector<HTMLElement>(`[aria-controls="${CSS.escape(menu.id)}"]`) : active;
    },
    onCloseAutoFocus: (event: Event) => {
      if (!opener.current?.isConnected) return;
      event.preventDefault();
      opener.current.focus();
    },
  };
}
