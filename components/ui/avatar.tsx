import { cx } from "./cx";

/** A person or a project as one or two letters. Decorative: the name stands beside it or in the control's label. The letters are drawn by CSS, so that they are no part of a control's name. */
export function Avatar({ name, square = false, size = "md" }: { name: string; square?: boolean; size?: "sm" | "md" }) {
  const words = name.trim().split(/[\s@._-]+/).filter(Boolean);
  const letters = ((words[0]?.[0] ?? "?") + (words[1]?.[0] ?? "")).toUpperCase();
  return <span aria-hidden data-letters={letters} className={cx("grid before:content-[attr(data-letters)] shrink-0 place-items-center bg-selected font-medium text-ink", size === "sm" ? "size-5 text-[10px]" : "size-7 text-xs", square ? "rounded-sm" : "rounded-full")} />;
}
