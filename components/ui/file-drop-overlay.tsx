import { FileUp } from "lucide-react";
import type { ReactNode } from "react";

/** Shown over the whole window while a file hangs above it. */
export function FileDropOverlay({ title, hint }: { title: ReactNode; hint?: ReactNode }) {
  return (
    <div aria-hidden className="pointer-events-none fixed inset-0 z-60 grid place-items-center bg-overlay p-6 animate-appear">
      <div className="grid w-full max-w-lg justify-items-center gap-2 rounded-xl border-2 border-dashed border-accent bg-raised p-12 text-center shadow-raised">
        <FileUp className="size-8 text-accent-text" />
        <p className="text-xl font-semibold">{title}</p>
        {hint ? <p className="text-ink-muted">{hint}</p> : null}
      </div>
    </div>
  );
}
