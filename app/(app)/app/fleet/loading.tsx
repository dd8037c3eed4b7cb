import { Skeleton } from "@/components/ui/skeleton";

/** Keeps the page's place while the server reads it. */
export default function FleetLoading() {
  return <div className="grid gap-5 md:grid-cols-2" role="status" aria-label="Loading"><Skeleton className="h-48" /><Skeleton className="h-48" /></div>;
}
