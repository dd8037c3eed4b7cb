import { Skeleton } from "@/components/ui/skeleton";

/** Keeps the place of a tab while the server reads it. */
export default function DeploymentLoading() {
  return (
    <div className="grid gap-4" role="status" aria-label="Loading">
      <div className="panel grid grid-cols-2 gap-4 p-4 sm:grid-cols-4">{Array.from({ length: 4 }, (_, i) => <Skeleton key={i} className="h-10" />)}</div>
      <div className="panel grid gap-4 p-4"><Skeleton className="w-1/3" /><Skeleton className="h-44" /></div>
    </div>
  );
}
