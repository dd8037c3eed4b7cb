import { Skeleton } from "@/components/ui/skeleton";

/** Keeps the place of a tab while the server reads it. */
export default function AlertsLoading() {
  return <div className="panel grid gap-4 p-4" role="status" aria-label="Loading"><Skeleton className="w-1/3" /><Skeleton className="h-44" /></div>;
}
