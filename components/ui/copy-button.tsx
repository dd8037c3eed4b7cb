"use client";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button";

/** Copies `text`; says so for two seconds. `label` names what is copied: "Copy digest". */
export function CopyButton({ text, label = "Copy", showLabel = false, className }: { text: string; label?: string; showLabel?: boolean; className?: string }) {
  const [state, setState] = useState<"idle" | "done" | "failed">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () => navigator.clipboard.writeText(text).then(() => setState("done"), () => setState("failed"));
  const words = state === "done" ? "Copied" : state === "failed" ? "Select and copy by hand" : label;
  return (
    <Button variant="ghost" size="sm" icon={!showLabel} onClick={copy} aria-label={showLabel ? undefined : words} title={words} className={className}>
      {state === "done" ? <Check aria-hidden className="text-ready" /> : <Copy aria-hidden />}
      {showLabel ? words : null}
      <span className="sr-only" aria-live="polite">{state === "idle" ? "" : words}</span>
    </Button>
  );
}
