"use client";
import { useEffect, useRef } from "react";
import type { HeldLine } from "@/components/deployments/logs/log-line";
import { cx } from "@/components/ui/cx";

const LOOK = { stdout: { word: "out", mark: "text-ink-faint", text: "text-ink" }, stderr: { word: "err", mark: "text-failed", text: "text-failed" }, system: { word: "sys", mark: "text-progressing", text: "text-progressing" } } as const;

/** The lines, the newest at the bottom. Scrolling up lets go of the end; `onFollow` says which it is. */
export function LogView({ lines, following, onFollow, manyReplicas }: { lines: HeldLine[]; following: boolean; onFollow: (following: boolean) => void; manyReplicas: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (following && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [lines, following]);
  return (
    <div ref={box} role="log" aria-live="off" aria-label="Log lines" tabIndex={0} className="h-[60dvh] overflow-auto border-t border-line bg-sunken py-2 font-mono text-xs leading-5"
      onWheel={(e) => { if (e.deltaY < 0 && following) onFollow(false); }}
      onScroll={(e) => { const el = e.currentTarget; if (!following && el.scrollHeight - el.scrollTop - el.clientHeight < 8) onFollow(true); }}>
      {lines.map((l) => (
        <div key={l.n} className="grid grid-cols-[5.5rem_2.25rem_minmax(0,1fr)] gap-x-2 px-4 [contain-intrinsic-size:auto_20px] [content-visibility:auto] hover:bg-hover max-sm:grid-cols-[2.25rem_minmax(0,1fr)]">
          <time dateTime={l.at} title={`${l.at}, replica ${l.replica}, revision ${l.revision}`} className="text-ink-muted max-sm:hidden">{l.at.slice(11, 23)}</time>
          <span className={cx("font-medium", l.stream === "stdout" ? "text-ink-muted" : LOOK[l.stream].mark)}>{LOOK[l.stream].word}</span>
          <span className={cx("min-w-0 whitespace-pre-wrap break-words", LOOK[l.stream].text)}>{manyReplicas ? <span className="mr-2 text-ink-muted">r{l.revision}/{l.replica.slice(-6)}</span> : null}{l.text}</span>
        </div>
      ))}
    </div>
  );
}
