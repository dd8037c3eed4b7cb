"use client";
import { CircleAlert } from "lucide-react";
import { createContext, use, useId, type ReactNode } from "react";
import { cx } from "./cx";

type FieldState = { id: string; describedBy: string | undefined; invalid: boolean; required: boolean };
const FieldContext = createContext<FieldState | null>(null);

/** What a control inside a Field spreads onto its element; props given to the control itself win. */
export function useFieldProps(own: { id?: string; "aria-describedby"?: string; "aria-invalid"?: boolean | "true" | "false" | "grammar" | "spelling" } = {}) {
  const field = use(FieldContext);
  return {
    id: own.id ?? field?.id,
    "aria-describedby": [own["aria-describedby"], field?.describedBy].filter(Boolean).join(" ") || undefined,
    "aria-invalid": own["aria-invalid"] ?? (field?.invalid || undefined),
    "aria-required": field?.required || undefined,
  };
}

export type FieldProps = {
  label: ReactNode; hint?: ReactNode; error?: string | null; required?: boolean; optional?: boolean;
  /** Shown at the label's right: a unit, a counter, a link. */
  aside?: ReactNode; className?: string; id?: string; children: ReactNode;
};

/** Label, control, hint and error, wired for assistive technology. `error` is the sentence to show (formState.errors.x?.message). */
export function Field({ label, hint, error, required = false, optional = false, aside, className, id, children }: FieldProps) {
  const made = useId();
  const controlId = id ?? made;
  const describedBy = [hint ? `${controlId}-hint` : "", error ? `${controlId}-error` : ""].filter(Boolean).join(" ") || undefined;
  return (
    <FieldContext value={{ id: controlId, describedBy, invalid: Boolean(error), required }}>
      <div className={cx("grid gap-1.5", className)}>
        <div className="flex items-baseline justify-between gap-3">
          <label htmlFor={controlId} id={`${controlId}-label`} className="text-sm font-medium text-ink">
            {label}
            {optional ? <span className="ml-1.5 font-normal text-ink-faint">optional</span> : null}
          </label>
          {aside ? <span className="text-xs text-ink-faint">{aside}</span> : null}
        </div>
        {children}
        {hint ? <p id={`${controlId}-hint`} className="text-sm text-ink-faint">{hint}</p> : null}
        {error ? (
          <p id={`${controlId}-error`} role="alert" className="flex items-start gap-1.5 text-sm text-failed">
            <CircleAlert aria-hidden className="mt-px size-4 shrink-0" />
            <span>{error}</span>
          </p>
        ) : null}
      </div>
    </FieldContext>
  );
}
