"use client";
import { useState, type ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Field } from "./field";
import { Input } from "./input";
import { Notice } from "./notice";

export type ConfirmDialogProps = {
  open: boolean; onOpenChange: (open: boolean) => void;
  title: ReactNode; /** What will happen, and what will not. */ children?: ReactNode;
  /** What the button does: "Delete deployment". */ confirmLabel: string; tone?: "primary" | "danger"; size?: "md" | "lg";
  /** Given: it has to be typed before the button works. For what cannot be undone. */ typeToConfirm?: string;
  /** Resolves: the dialog closes. Rejects: it stays and shows the error's message. */ onConfirm: () => Promise<unknown> | void;
};

/** Asks before something that costs, interrupts or cannot be undone. */
export function ConfirmDialog({ open, onOpenChange, title, children, confirmLabel, tone = "danger", size = "md", typeToConfirm, onConfirm }: ConfirmDialogProps) {
  const [typed, setTyped] = useState("");
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const change = (next: boolean) => {
    if (pending) return;
    setTyped("");
    setError(null);
    onOpenChange(next);
  };
  const ready = !typeToConfirm || typed.trim() === typeToConfirm;
  const confirm = async () => {
    if (!ready || pending) return;
    setPending(true);
    setError(null);
    try {
      await onConfirm();
      setTyped("");
      onOpenChange(false);
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : "That did not work. Try again.");
    } finally {
      setPending(false);
    }
  };
  return (
    <Dialog open={open} onOpenChange={change} title={title} size={size} footer={
      <>
        <Button onClick={() => change(false)} disabled={pending}>Cancel</Button>
        <Button variant={tone} onClick={confirm} loading={pending} disabled={!ready}>{confirmLabel}</Button>
      </>
    }>
      <form className="grid gap-4" onSubmit={(e) => { e.preventDefault(); void confirm(); }}>
        {children ? <div className="grid gap-2 text-ink-muted">{children}</div> : null}
        {typeToConfirm ? (
          <Field label={<>Type <code className="rounded-sm bg-sunken px-1 py-0.5">{typeToConfirm}</code> to confirm</>}>
            <Input mono autoComplete="off" spellCheck={false} value={typed} onChange={(e) => setTyped(e.target.value)} />
          </Field>
        ) : null}
        {error ? <Notice state="failed" title={error} /> : null}
      </form>
    </Dialog>
  );
}
