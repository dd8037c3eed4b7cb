import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cx } from "./cx";
import { Spinner } from "./spinner";

const variants = {
  primary: "bg-accent text-accent-ink hover:bg-accent-hover shadow-control",
  secondary: "bg-surface text-ink border border-line-strong hover:bg-hover shadow-control",
  ghost: "text-ink-muted hover:bg-hover hover:text-ink",
  danger: "bg-danger text-danger-ink hover:bg-danger-hover shadow-control",
};
const sizes = { sm: "h-7 px-2.5 text-sm gap-1.5", md: "h-8 px-3 text-base gap-2", lg: "h-10 px-4 text-lg gap-2" };
const squares = { sm: "w-7", md: "w-8", lg: "w-10" };

export type ButtonVariant = keyof typeof variants;
type Look = { variant?: ButtonVariant; size?: keyof typeof sizes; icon?: boolean };

/** The classes of a button, for a link that must look like one. `icon`: square, needs an aria-label. */
export function buttonClass({ variant = "secondary", size = "md", icon = false }: Look = {}, extra?: string): string {
  return cx(
    "relative inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-md font-medium transition-colors",
    "disabled:cursor-not-allowed aria-disabled:cursor-not-allowed disabled:opacity-55 aria-busy:opacity-100 [&_svg]:size-4 [&_svg]:shrink-0",
    variants[variant],
    icon ? cx(sizes[size].replace(/px-\S+/, "px-0"), squares[size]) : sizes[size],
    extra,
  );
}

export type ButtonProps = ComponentProps<"button"> & Look & { loading?: boolean; asChild?: boolean };

/** One primary a view. `loading` keeps the width and blocks a second press; `asChild` lends the look to a link. */
export function Button({ variant, size, icon, loading = false, asChild = false, className, children, disabled, type, ...rest }: ButtonProps) {
  const look = buttonClass({ variant, size, icon }, className);
  if (asChild) return <Slot.Root className={look} {...rest}>{children}</Slot.Root>;
  return (
    <button type={type ?? "button"} className={look} disabled={disabled || loading} aria-busy={loading || undefined} {...rest}>
      {loading ? (
        <>
          <span className="inline-flex items-center gap-[inherit] opacity-0">{children}</span>
          <span className="absolute inset-0 grid place-items-center"><Spinner label=", working" /></span>
        </>
      ) : children}
    </button>
  );
}
