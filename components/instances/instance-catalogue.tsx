"use client";
import { Cpu } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { asProblem } from "@/components/form/as-problem";
import { filterInstances } from "@/components/instances/filter-instances";
import { InstanceCard, instanceColumns } from "@/components/instances/instance-columns";
import { InstanceFilterBar, useInstanceFilters } from "@/components/instances/instance-filter-bar";
import { PriceMemoryChart } from "@/components/instances/price-memory-chart";
import { PriceStatus, RefreshButton } from "@/components/instances/price-status";
import { useInstances, usePriceReadings } from "@/components/instances/use-instances";
import { CatalogueTabs } from "@/components/profiles/catalogue-tabs";
import { sourcesOf } from "@/components/profiles/sources-of";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import type { InstanceTypeDto } from "@/lib/prices/instance-type";

const FIRST = 40;

/** Every AWS instance type on file of a region: memory, on-demand against spot, interruptions. */
export function InstanceCatalogue({ mayRefresh }: { mayRefresh: boolean }) {
  const filters = useInstanceFilters();
  const list = useInstances(filters.region);
  const accounts = usePriceReadings().data?.accounts ?? [];
  const [all, setAll] = useState(false);
  const rows = filterInstances(list.data?.items ?? [], filters.values);
  const region = list.data?.regions.find((r) => r.region === filters.region);
  const unpriced = list.data?.region === filters.region && region?.onDemand !== true;
  // Cheapest first until a header is clicked; without a price, by name.
  const ordered = [...rows].sort((a, b) => (a.onDemand?.value ?? Infinity) - (b.onDemand?.value ?? Infinity) || a.instanceType.localeCompare(b.instanceType, undefined, { numeric: true }));
  return (
    <>
      <PageHeader title="Instance types" meta={<span>What AWS has, region by region: memory, price, interruption risk</span>} actions={mayRefresh ? <RefreshButton /> : null} />
      <CatalogueTabs />
      <PriceStatus />
      {unpriced ? (
        <Notice title={`No price on file for ${filters.region}: ${accounts.length > 0 ? "read its prices" : "connect an account"}`} actions={accounts.length > 0 && mayRefresh ? <RefreshButton region={filters.region} size="sm" /> : undefined}>
          {accounts.length > 0 ? (mayRefresh ? "The connected account can read them." : "Somebody with the role platform can have them read.") : <>Prices of another region are not carried over. <Link className="link" href="/app/targets/connect">Connect an EKS cluster</Link>, and they are read with its account. The interruption bands below are the region&rsquo;s own.</>}
        </Notice>
      ) : null}
      {list.isError && !list.data ? <div className="panel"><ErrorState title="Could not read the instance types" reason={asProblem(list.error).detail} onRetry={() => void list.refetch()} retrying={list.isFetching} /></div> : (
        <>
          <section className="panel min-w-0 p-4" aria-label="Price against memory"><PriceMemoryChart items={rows} loading={list.isPending} /></section>
          <div className="panel min-w-0 overflow-hidden">
            <InstanceFilterBar filters={filters} list={list.data} shown={rows.length} />
            <DataTable<InstanceTypeDto> label="Instance types" columns={instanceColumns} data={ordered} most={all ? undefined : FIRST} getRowId={(t) => t.instanceType} loading={list.isPending} card={(t) => <InstanceCard type={t} />}
              empty={filters.active ? <EmptyState icon={<Cpu aria-hidden />} title="No instance type passes these filters" actions={<Button onClick={filters.clear}>Show all types</Button>}>What is not on file never passes a limit.</EmptyState>
                : <EmptyState icon={<Cpu aria-hidden />} title={`Nothing is on file for ${filters.region}`}>Neither a price nor an interruption band. Choose another region.</EmptyState>} />
            <footer className="grid gap-1 border-t border-line px-4 py-2.5 text-sm text-ink-muted">
              {!all && rows.length > FIRST ? <p><Button size="sm" onClick={() => setAll(true)}>Show all {rows.length}</Button> <span className="ml-2">The first {FIRST} are shown, in whatever order is chosen; without one, the cheapest on demand.</span></p> : null}
              {sourcesOf((list.data?.items ?? []).map((t) => ({ price: t.spotPrice?.estimate ? null : t.spotPrice, priceOnDemand: t.onDemand, spot: t.spot }))).map((s) => <p key={`${s.what}${s.source}${s.asOf}`}>{s.what}: {s.source}, {s.asOf.slice(0, 10)}, {s.ageDays} days old{s.stale ? ": old, compare with AWS before a large commitment" : ""}.</p>)}
              <p>≈ is an estimate: on-demand less the advisor&rsquo;s saving, two figures of different dates. All types in USD, Linux.</p>
            </footer>
          </div>
        </>
      )}
    </>
  );
}
