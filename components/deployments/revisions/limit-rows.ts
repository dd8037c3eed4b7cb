import type { CanaryPlan, CanaryStatusDto } from "@/lib/deployments/canary-plan";
import { formatCount } from "@/lib/format/number";
import { formatDurationSeconds } from "@/lib/format/duration";

type Row = { label: string; canary: string; stable: string; limit: string };
type Figures = NonNullable<CanaryStatusDto["measured"]>["canary"];

const share = (part: number) => `${Number((part * 100).toFixed(2))} %`;
const rate = (f: Figures | undefined) => (f?.requests && f.errors !== null ? share(f.errors / f.requests) : "unknown");

/** What was measured of both revisions beside what is allowed. Pure; what is not known says so. */
export function limitRows({ minRequests, errorRate, p99 }: CanaryPlan, measured: CanaryStatusDto["measured"]): Row[] {
  const [canary, stable] = [measured?.canary, measured?.stable];
  const limit = (parts: (string | false)[]) => parts.filter((p) => p !== false).join(", ") || "none";
  return [
    { label: "Requests", canary: formatCount(canary?.requests), stable: formatCount(stable?.requests), limit: `at least ${formatCount(minRequests)}` },
    { label: "Errors", canary: rate(canary), stable: rate(stable), limit: limit([errorRate?.max !== undefined && share(errorRate.max), errorRate?.aboveStable !== undefined && `${share(errorRate.aboveStable)} more`]) },
    { label: "p99", canary: formatDurationSeconds(canary?.p99Seconds), stable: formatDurationSeconds(stable?.p99Seconds), limit: limit([p99?.maxSeconds !== undefined && formatDurationSeconds(p99.maxSeconds), p99?.timesStable !== undefined && `${p99.timesStable} times`]) },
  ];
}
