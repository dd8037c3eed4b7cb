"use client";
import { useState } from "react";
import { CopyButton } from "./copy-button";
import { cx } from "./cx";

export type CodeSample = { label: string; code: string };
export type CodeBlockProps = { /** One text, or the same thing in several languages, as tabs. */ code: string | CodeSample[]; /** A file's name or a heading, at the left. */ title?: string; wrap?: boolean; maxHeight?: string; className?: string };

/** Code to read and copy. Text is shown as it is; nothing is interpreted. */
export function CodeBlock({ code, title, wrap = false, maxHeight = "max-h-96", className }: CodeBlockProps) {
  const samples = typeof code === "string" ? [{ label: title ?? "Code", code }] : code;
  const [at, setAt] = useState(0);
  const shown = samples[Math.min(at, samples.length - 1)]!;
  const many = samples.length > 1;
  return (
    <div className={cx("group/code relative min-w-0 overflow-hidden rounded-lg border border-line bg-sunken text-left", className)}>
      {title || many ? (
        <div className="flex h-9 items-center gap-1 border-b border-line pl-3 pr-1">
          {many ? samples.map((s, i) => (
            <button key={s.label} type="button" aria-pressed={i === at} onClick={() => setAt(i)} className="rounded-sm px-1.5 py-0.5 text-sm text-ink-muted hover:text-ink aria-pressed:bg-selected aria-pressed:text-ink">{s.label}</button>
          )) : <span className="truncate font-mono text-xs text-ink-muted">{title}</span>}
          <CopyButton text={shown.code} className="ml-auto" />
        </div>
      ) : <CopyButton text={shown.code} className="absolute! right-1 top-1 bg-sunken" />}
      <pre tabIndex={0} aria-label={shown.label} className={cx("overflow-auto p-3 text-sm leading-5 text-ink focus-visible:-outline-offset-2", wrap && "whitespace-pre-wrap wrap-anywhere", !title && !many && "pr-11", maxHeight)}><code className="text-[1em]">{shown.code}</code></pre>
    </div>
  );
}
