import { findDeployment } from "@/lib/deployments/find-deployment";
import { forecastLoad } from "@/lib/load-tests/forecast-load";
import type { LoadForecast, LoadTestQuestion } from "@/lib/load-tests/schema";
import { subjectOf } from "@/lib/load-tests/subject-of";
import { measureDeployment } from "@/lib/observability/measure-deployment";

/** What a test would send and cost. Nothing is sent. */
export async function forecastLoadTest(projectId: string, slug: string, question: LoadTestQuestion, now = new Date()): Promise<LoadForecast> {
  const [{ id }, { revision, subject }] = await Promise.all([findDeployment(projectId, slug), subjectOf(projectId, slug, question)]);
  const { series, totals } = await measureDeployment(id, { window: "1h", revision, now });
  return forecastLoad(question.plan, {
    revision, requestBytes: subject.requestBytes, replicas: subject.replicas, pricePerHour: subject.pricePerHour, priceNote: subject.priceNote,
    measured: { latencySeconds: newest(series.mean) ?? totals.p50, computeSeconds: totals.computeMeanMs === null ? null : totals.computeMeanMs / 1000 },
  });
}

const newest = (points: [number, number | null][]): number | null => points.findLast(([, v]) => v !== null)?.[1] ?? null;
