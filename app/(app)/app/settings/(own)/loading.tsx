import { Skeleton } from "@/components/ui/skeleton";

/** Keeps the place of a settings page while the server reads it. */
export default function SettingsLoading() {
  return (
    <div className="grid gap-5" role="status" aria-label="Loading">
      <div className="grid gap-2"><Skeleton className="h-7 w-40" /><Skeleton className="w-72 max-w-full" /></div>
      <div className="panel grid gap-3 p-4"><Skeleton className="w-1/3" /><Skeleton /><Skeleton /><Skeleton className="w-2/3" /></div>
    </div>
  );
}
