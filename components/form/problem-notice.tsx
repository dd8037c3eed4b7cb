"use client";
import { useEffect, useState, type ReactNode } from "react";
import { Notice } from "@/components/ui/notice";
import type { ApiProblem } from "@/lib/api-client/api-problem";

/** Whole seconds until a refused call may be tried again; 0 where there is nothing to wait for. */
export function useWaitSeconds(problem: ApiProblem | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const until = performance.now() + (problem?.retryAfterSeconds ?? 0) * 1000;
    const tick = () => setLeft(Math.max(0, Math.ceil((until - performance.now()) / 1000)));
    tick();
    if (!problem?.retryAfterSeconds) return;
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [problem]);
  return left;
}

/** Why a form was refused, above its button. `wait` counts down beside it. */
export function ProblemNotice({ problem, waitSeconds = 0, children }: { problem: ApiProblem | null; waitSeconds?: number; children?: ReactNode }) {
  if (!problem) return null;
  return (
    <Notice state={problem.status === 429 ? "warning" : "failed"} title={problem.detail}>
      {waitSeconds > 0 ? <span className="tabular" aria-hidden>You can try again in {waitSeconds} s.</span> : problem.status === 429 ? "You can try again now." : children}
      {problem.code === "internal" && problem.requestId ? <span className="font-mono text-xs">Request {problem.requestId}</span> : null}
    </Notice>
  );
}
