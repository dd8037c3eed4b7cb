import { useEffect } from "react";

const typing = (target: EventTarget | null) => target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable=true], [role=textbox]") !== null;

/** Calls `run` on a key: "?" or "mod+k" (⌘ on a Mac, Ctrl elsewhere). Plain keys are left alone while typing and while a dialog is open. */
export function useShortcut(key: string, run: () => void): void {
  useEffect(() => {
    const mod = key.startsWith("mod+");
    const letter = mod ? key.slice(4) : key;
    const onKey = (e: KeyboardEvent) => {
      if (e.key.toLowerCase() !== letter || e.isComposing || e.altKey || mod !== (e.metaKey || e.ctrlKey)) return;
      if (!mod && (typing(e.target) || document.querySelector("[role=dialog]"))) return;
      e.preventDefault();
      run();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [key, run]);
}
