"use client";
import { useQueryClient } from "@tanstack/react-query";
import { Gauge } from "lucide-react";
import { parseAsArrayOf, parseAsFloat, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { CompareTests } from "@/components/load-tests/compare-tests";
import { MOST_COMPARED } from "@/components/load-tests/curves";
import { LoadTestForm } from "@/components/load-tests/load-test-form";
import { LoadTestResult } from "@/components/load-tests/load-test-result";
import { RunningTest } from "@/components/load-tests/running-test";
import { TestHistory } from "@/components/load-tests/test-history";
import { loadTestsKey, loadTestsPath, useLoadTests } from "@/components/load-tests/use-load-tests";
import { isOpen } from "@/components/load-tests/words";
import { useDeployment } from "@/components/deployments/use-deployment";
import { StaleQuery } from "@/components/query/stale-query";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { PERCENTILES, type LoadTestDto } from "@/lib/load-tests/schema";

const SHOWN = { test: parseAsString, compare: parseAsArrayOf(parseAsString).withDefault([]), percentile: parseAsStringLiteral(PERCENTILES).withDefault("p95"), target: parseAsFloat };

/** The page Benchmark: a new test, the one that runs, its results, and earlier ones to compare. */
export function LoadTests({ project, deployment: slug, mayWrite }: { project: string; deployment: string; mayWrite: boolean }) {
  const client = useQueryClient();
  const { data: deployment } = useDeployment(project, slug);
  const [shown, setShown] = useQueryStates(SHOWN);
  const target = shown.target !== null && shown.target > 0 && shown.target <= 600_000 ? shown.target : null;
  const query = useLoadTests(project, slug, { percentile: shown.percentile, targetMs: target });
  const tests: LoadTestDto[] | undefined = query.data?.items;
  if (!tests) return query.isError ? <ErrorState title="The load tests could not be read" reason={query.error.message} onRetry={() => void query.refetch()} retrying={query.isFetching} /> : <div className="grid gap-4"><Skeleton className="h-72" /><Skeleton className="h-80" /></div>;
  const open = tests.find(isOpen);
  const selected = tests.find((t) => t.id === shown.test) ?? tests[0];
  const compared = shown.compare.flatMap((id) => tests.find((t) => t.id === id) ?? []).slice(0, MOST_COMPARED);
  const again = () => client.invalidateQueries({ queryKey: loadTestsKey(project, slug) });
  const ready = deployment ? deployment.status.replicas.ready > 0 : true;
  const blocked = open ? "One test at a time: stop the running one, or wait until it has ended." : ready ? null : `The deployment is ${deployment?.phase}: no replica serves.`;
  return (
    <div className="grid gap-4">
      <StaleQuery query={query} />
      {open ? <RunningTest test={open} mayWrite={mayWrite} onStop={() => fetchJson(`${loadTestsPath(project, slug)}/${open.id}`, { method: "DELETE" }).then(again)} /> : null}
      {mayWrite ? <LoadTestForm project={project} deployment={slug} blocked={blocked} onStarted={(t) => { void setShown({ test: t.id }); void again(); }} /> : null}
      {selected ? (
        <>
          <div className="flex flex-wrap items-end gap-4">
            <Field label="Latency target" className="w-40"><Input type="number" inputMode="decimal" min={0} step="any" after="ms" value={shown.target ?? ""} placeholder="none" onChange={(e) => void setShown({ target: Number.isNaN(e.target.valueAsNumber) ? null : e.target.valueAsNumber })} /></Field>
            <SegmentedControl size="md" aria-label="Percentile of the target" options={PERCENTILES.map((p) => ({ value: p, label: p }))} value={shown.percentile} onValueChange={(percentile) => void setShown({ percentile })} />
            <p className="pb-1.5 text-sm text-ink-faint">What 1,000 predictions cost at the most load that keeps it</p>
          </div>
          {compared.length > 1 ? <CompareTests tests={compared} percentile={shown.percentile} /> : null}
          <LoadTestResult test={selected} />
          <TestHistory tests={tests} selected={selected.id} compared={shown.compare} onSelect={(test) => void setShown({ test })} onCompare={(compare) => void setShown({ compare })} />
        </>
      ) : <EmptyState icon={<Gauge />} title="No load test yet">{mayWrite ? "Start one above: its curve shows how much this deployment bears, at what latency and cost." : "A deployer of this project can start one; its results are shown here."}</EmptyState>}
    </div>
  );
}
