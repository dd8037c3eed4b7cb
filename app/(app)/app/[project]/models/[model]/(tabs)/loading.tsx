import { Skeleton } from "@/components/ui/skeleton";

/** Keeps the place of a tab while the server reads it. */
export default function ModelLoading() {
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]" role="status" aria-label="Loading">
      <div className="panel grid gap-4 p-4"><Skeleton className="w-1/3" /><Skeleton /><Skeleton /><Skeleton className="w-2/3" /></div>
      <div className="panel grid gap-4 p-4"><Skeleton className="w-1/2" /><Skeleton /><Skeleton /></div>
    </div>
  );
}
