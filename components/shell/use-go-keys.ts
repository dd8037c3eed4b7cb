import { useRouter } from "next/navigation";
import { useEffect } from "react";

const places: Record<string, string> = { h: "/app", d: "/app/deployments", a: "/app/approvals", f: "/app/fleet", l: "/app/alerts", m: "/app/models", p: "/app/profiles", c: "/app/costs", s: "/app/settings" };

/** "g" and then a letter within a second goes to a page of the sidebar. */
export function useGoKeys(): void {
  const router = useRouter();
  useEffect(() => {
    let pressedAtMs = 0;
    const onKey = (e: KeyboardEvent) => {
      if (e.metaKey || e.ctrlKey || e.altKey || (e.target instanceof HTMLElement && e.target.closest("input, textarea, select, [contenteditable=true]")) || document.querySelector("[role=dialog]")) return;
      if (e.key === "g") { pressedAtMs = e.timeStamp; return; }
      const place = places[e.key];
      if (place && e.timeStamp - pressedAtMs < 1000) { e.preventDefault(); router.push(place); }
      pressedAtMs = 0;
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [router]);
}
