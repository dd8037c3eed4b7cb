"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { TimeSeriesChart } from "@/components/charts/time-series-chart";
import { ErrorState } from "@/components/ui/error-state";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { Status } from "@/components/ui/status";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { BudgetStatus } from "@/lib/budgets/budget-status";
import { monthInWords } from "@/lib/budgets/month";
import { formatMoney } from "@/lib/format/money";
import { budgetOutlook, burnDown } from "./burn-down";

const REFRESH_MS = 60_000;

/** The month of each environment that has a budget, and where it is heading. */
export function BudgetsPanel({ project }: { project: string }) {
  const budgets = useQuery({ queryKey: keys.budgets(project), queryFn: ({ signal }) => fetchJson<{ items: BudgetStatus[] }>(`/api/v1/projects/${project}/budgets`, { signal }), refetchInterval: REFRESH_MS });
  const link = <Link className="link text-sm" href={`/app/settings/environments?project=${project}`}>Environments</Link>;
  if (!budgets.data) return <Panel title="Budgets" actions={link}>{budgets.isError ? <ErrorState className="py-4!" title="The budgets could not be read" reason={budgets.error.message} onRetry={() => void budgets.refetch()} retrying={budgets.isFetching} /> : <div role="status" aria-label="The budgets are loading"><Skeleton className="h-40" /></div>}</Panel>;
  const withBudget = budgets.data.items.filter((b) => b.budgetUsd !== null);
  if (withBudget.length === 0) return <Panel title="Budgets" actions={link}><p className="text-ink-muted">No environment of this project has a budget. With one, a deployment that would go over it is held up before it costs anything.</p></Panel>;
  return <>{withBudget.map((b) => <Budget key={b.environment} b={b} link={link} />)}</>;
}

function Budget({ b, link }: { b: BudgetStatus; link: ReactNode }) {
  const outlook = budgetOutlook(b);
  const money = (usd: number | null) => <span className="figure">{formatMoney(usd, "unknown")}</span>;
  return (
    <Panel title={`Budget of ${b.displayName}`} description={`${monthInWords(b.month)}, UTC`} actions={link}>
      <div className="grid items-start gap-5 lg:grid-cols-[15rem_minmax(0,1fr)]">
        <div className="grid gap-4">
          <Status state={outlook.state}>{outlook.word}</Status>
          <KeyValueList items={[
            { label: "Budget", value: money(b.budgetUsd) }, { label: "Spent", value: money(b.spentUsd) }, { label: "Forecast", value: money(b.forecastUsd) },
            { label: "Over it", value: { allow: "goes ahead", ask: "waits for approval", block: "is refused" }[b.overBudget] },
          ]} />
        </div>
        <TimeSeriesChart title="Spent this month" unit="USD" measure="cost" series={burnDown(b)} format={(v) => formatMoney(v).replace("$", "")} fromMs={Date.parse(b.from)} toMs={Date.parse(b.to)} heightPx={190} description={b.estimate ? "Partly an estimate: this machine sends no bill." : undefined} />
      </div>
    </Panel>
  );
}
