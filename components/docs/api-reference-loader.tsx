"use client";
import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { Skeleton } from "@/components/ui/skeleton";

const Loading = () => <div role="status" aria-label="The reference is loading" className="grid gap-4 p-8"><Skeleton className="h-8 w-64" /><Skeleton className="h-96" /></div>;

// Large, and of this page only; it draws into the document, so there is nothing to render on the server.
const Reference = dynamic(() => import("./api-reference"), { ssr: false, loading: Loading });

/** Follows the theme of the document: the person's choice, or the system's. */
export function ApiReferenceLoader() {
  return <Reference dark={useSyncExternalStore(subscribe, isDark, () => false)} />;
}

const isDark = () => {
  const chosen = document.documentElement.classList;
  return chosen.contains("dark") || (!chosen.contains("light") && window.matchMedia("(prefers-color-scheme: dark)").matches);
};

function subscribe(changed: () => void): () => void {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const watcher = new MutationObserver(changed);
  watcher.observe(document.documentElement, { attributeFilter: ["class"] });
  system.addEventListener("change", changed);
  return () => {
    watcher.disconnect();
    system.removeEventListener("change", changed);
  };
}
