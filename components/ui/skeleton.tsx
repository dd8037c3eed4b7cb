import { cx } from "./cx";

/** A place held for what is loading; give it the height and width of what will come. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cx("skeleton block h-4", className)} />;
}

/** Lines of text to come. */
export function SkeletonText({ lines = 3, className }: { lines?: number; className?: string }) {
  return <span aria-hidden className={cx("grid gap-2", className)}>{Array.from({ length: lines }, (_, i) => <Skeleton key={i} className={i === lines - 1 ? "w-2/3" : "w-full"} />)}</span>;
}
