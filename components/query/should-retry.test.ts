import { describe, expect, it } from "vitest";
import { ApiProblem } from "@/lib/api-client/api-problem";
import { shouldRetry } from "./should-retry";

describe("reads are tried again", () => {
  it.each([500, 502, 503])("after a %d, twice", (status) => {
    expect([0, 1, 2].map((n) => shouldRetry(n, { status }))).toEqual([true, true, false]);
  });
  it("after a lost connection, which fetch reports as a TypeError", () => {
    expect(shouldRetry(0, new TypeError("fetch failed"))).toBe(true);
  });
  it("after a call to which no answer came, which ApiProblem tells as status 0", () => {
    expect(shouldRetry(0, { status: 0 })).toBe(true);
  });
  it("not after one that was waited for as long as is sensible", () => {
    expect(shouldRetry(0, new ApiProblem({ status: 0, code: "timed_out", detail: "late" }))).toBe(false);
  });
  it.each([400, 401, 403, 404, 409, 429])("never after a %d", (status) => {
    expect(shouldRetry(0, { status })).toBe(false);
  });
  it("never after a fault of the page's own code", () => {
    expect(shouldRetry(0, new Error("not a response"))).toBe(false);
  });
});
