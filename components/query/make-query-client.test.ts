import type { Query } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { ApiProblem } from "@/lib/api-client/api-problem";
import { makeQueryClient } from "./make-query-client";

/** What a query in this state waits for until it is read again by itself. */
function againMs(status: "error" | "success", error: unknown): unknown {
  const rhythm = makeQueryClient().getDefaultOptions().queries!.refetchInterval;
  return typeof rhythm === "function" ? rhythm({ state: { status, error } } as Query<unknown, Error>) : rhythm;
}

it("reads again by itself what was not answered, and leaves alone what was", () => {
  expect(againMs("error", new ApiProblem({ status: 0, code: "timed_out", detail: "late" }))).toBe(15_000);
  expect(againMs("error", new ApiProblem({ status: 503, code: "unreadable", detail: "starting" }))).toBe(15_000);
  expect(againMs("error", new ApiProblem({ status: 404, code: "not_found", detail: "gone" }))).toBe(false);
  expect(againMs("success", null)).toBe(false);
});
