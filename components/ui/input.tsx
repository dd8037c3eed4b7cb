"use client";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";
import { useFieldProps } from "./field";

export type InputProps = ComponentProps<"input"> & { /** An icon or sign before the text. */ before?: ReactNode; /** A unit after it, like MiB. */ after?: ReactNode; mono?: boolean };

/** One line of text; works with `{...register("name")}` and inside a Field. */
export function Input({ className, before, after, mono = false, ...rest }: InputProps) {
  const wired = useFieldProps(rest);
  const box = <input {...rest} {...wired} className={cx("control", mono && "font-mono", Boolean(before) && "pl-8", Boolean(after) && "pr-14", !before && !after && className)} />;
  if (!before && !after) return box;
  return (
    <div className={cx("relative", className)}>
      {before ? <span aria-hidden className="pointer-events-none absolute inset-y-0 left-2.5 grid place-items-center text-ink-faint [&_svg]:size-4">{before}</span> : null}
      {box}
      {after ? <span className="pointer-events-none absolute inset-y-0 right-2.5 grid place-items-center text-sm text-ink-faint">{after}</span> : null}
    </div>
  );
}
