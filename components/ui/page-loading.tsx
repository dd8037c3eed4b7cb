import { Skeleton } from "@/components/ui/skeleton";

/** Keeps the place of a page, a heading and a panel, while the server reads it. */
export function PageLoading() {
  return (
    <div className="grid gap-5" role="status" aria-label="Loading">
      <div className="grid gap-2"><Skeleton className="h-7 w-32" /><Skeleton className="w-64 max-w-full" /></div>
      <div className="panel grid gap-4 p-4">{Array.from({ length: 6 }, (_, i) => <Skeleton key={i} className={i % 2 ? "w-3/4" : ""} />)}</div>
    </div>
  );
}
