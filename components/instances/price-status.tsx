"use client";
import { RefreshCw } from "lucide-react";
import Link from "next/link";
import { asProblem } from "@/components/form/as-problem";
import { usePriceReadings, useRefreshPrices } from "@/components/instances/use-instances";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toast";
import type { PriceReadingDto } from "@/lib/prices/list-readings";

const WHAT: Record<PriceReadingDto["kind"], string> = { "on-demand": "On-demand prices", spot: "Spot prices", "spot-advisor": "Interruption bands", "accelerator-memory": "Accelerator memory" };
const where = (r: PriceReadingDto) => (r.region === "world" ? WHAT[r.kind] : `${WHAT[r.kind]}, ${r.region}`);

/** Reads prices of AWS now. `region`: of this one, else of all that targets are in. */
export function RefreshButton({ region, size }: { region?: string; size?: "sm" }) {
  const refresh = useRefreshPrices();
  const run = () => refresh.mutate(region ? [region] : undefined, {
    onSuccess: ({ items }) => {
      const failed = items.filter((r) => r.problem !== null && (!region || r.region === region || r.region === "world"));
      if (failed.length === 0) toast.success("Prices were read");
      else toast.error(`${where(failed[0]!)} could not be read: ${failed[0]!.problem}`);
    },
    onError: (error) => toast.error(asProblem(error).detail),
  });
  return <Button size={size} onClick={run} loading={refresh.isPending}><RefreshCw aria-hidden />{region ? `Read prices of ${region}` : "Read prices now"}</Button>;
}

/** What was read of AWS and when; what failed, and that the last good figures are still used. */
export function PriceStatus() {
  const { data, isError, error, refetch } = usePriceReadings();
  if (isError && !data) return <Notice state="warning" title="Where the prices come from could not be read" actions={<Button size="sm" onClick={() => void refetch()}>Try again</Button>}>{asProblem(error).detail}</Notice>;
  if (!data) return null;
  const failed = data.items.filter((r) => r.problem !== null && (data.accounts.length > 0 || r.kind === "spot-advisor"));
  const good = data.items.filter((r) => r.asOf !== null);
  return (
    <div className="grid gap-3">
      {failed.length > 0 ? (
        <Notice state="warning" title={failed.length === 1 ? `${where(failed[0]!)}: the last reading failed` : `The last reading of ${failed.length} figures failed`}>
          <ul className="grid gap-1">{[...Map.groupBy(failed, (r) => r.problem)].map(([problem, of]) => (
            <li key={problem}>{failed.length > 1 ? <span className="font-medium">{of.map(where).join("; ")}: </span> : null}{problem} {of.map((r) => (r.asOf ? <span key={`${r.kind}${r.region}`}>{of.length > 1 ? `${where(r)}: what` : "What"} was read <RelativeTime time={r.asOf} /> is still used. </span> : null))}{of.some((r) => !r.asOf) ? "What was never read is taken from what ships with Slipway." : null}</li>
          ))}</ul>
        </Notice>
      ) : null}
      {data.accounts.length === 0 ? <p className="text-sm text-ink-muted">These figures are the ones that ship with Slipway. <Link className="link" href="/app/targets/connect">Connect an EKS cluster</Link>, and newer ones are read with its AWS account.</p>
        : good.length === 0 ? null : <p className="text-sm text-ink-muted">Read with the account of {data.accounts.join(", ")}: {good.map((r, i) => <span key={`${r.kind}${r.region}`}>{i > 0 ? "; " : ""}{where(r).replace(/^[A-Z]/, (c) => (i > 0 ? c.toLowerCase() : c))} <RelativeTime time={r.asOf!} /></span>)}.</p>}
    </div>
  );
}
