"use client";
import { WifiOff } from "lucide-react";
import { useSyncExternalStore } from "react";

const EVENTS = ["online", "offline"] as const;
function subscribe(changed: () => void): () => void {
  for (const name of EVENTS) window.addEventListener(name, changed);
  return () => { for (const name of EVENTS) window.removeEventListener(name, changed); };
}

/** Without a network nothing is read, and nothing fails either: the page would look current. Nothing while there is one. */
export function OfflineStrip() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine, () => true);
  if (online) return null;
  return (
    <div role="status" className="fixed inset-x-0 bottom-0 z-30 flex items-center justify-center gap-2.5 border-t border-line bg-warning-soft px-4 py-2 text-sm">
      <WifiOff aria-hidden className="size-4 shrink-0 text-warning" />
      <span>This browser is offline: what is shown is from before. It goes on by itself when the network is back.</span>
    </div>
  );
}
