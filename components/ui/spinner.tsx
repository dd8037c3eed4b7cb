import { LoaderCircle } from "lucide-react";
import { cx } from "./cx";

/** A turning circle for work in hand. Give `label` where no words beside it say what is going on. */
export function Spinner({ className, label }: { className?: string; label?: string }) {
  return (
    <>
      <LoaderCircle aria-hidden className={cx("size-4 animate-spin", className)} />
      {label ? <span className="sr-only">{label}</span> : null}
    </>
  );
}
