"use client";
import type { ComponentProps } from "react";
import { cx } from "./cx";
import { useFieldProps } from "./field";

/** Several lines; grows with what is typed, up to half the window. */
export function Textarea({ className, mono = false, ...rest }: ComponentProps<"textarea"> & { mono?: boolean }) {
  return <textarea {...rest} {...useFieldProps(rest)} className={cx("control h-auto max-h-[50vh] min-h-20 resize-y py-1.5 field-sizing-content", mono && "font-mono text-sm", className)} />;
}
