import type { UseQueryResult } from "@tanstack/react-query";
import { RelativeTime } from "@/components/ui/relative-time";
import { StaleBanner } from "@/components/ui/stale-banner";

type Read = Pick<UseQueryResult, "isError" | "data" | "error" | "dataUpdatedAt" | "isFetching"> & { refetch: () => unknown };

/** Says that what is shown is from an earlier reading, where the newest one failed. Nothing else. */
export function StaleQuery({ query: q, className }: { query: Read; className?: string }) {
  if (!q.isError || q.data === undefined) return null;
  const banner = <StaleBanner since={<RelativeTime time={q.dataUpdatedAt} />} reason={q.error?.message} onRetry={() => void q.refetch()} retrying={q.isFetching} />;
  return className ? <div className={className}>{banner}</div> : banner;
}
