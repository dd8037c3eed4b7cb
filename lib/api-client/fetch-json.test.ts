import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiProblem, fetchJson, fetchWithEtag, LIMIT_MS } from "./fetch-json";

const answer = (body: unknown, init: ResponseInit = {}) => vi.stubGlobal("fetch", vi.fn(async () => new Response(body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body), init)));
const sent = () => vi.mocked(fetch).mock.calls[0] as [string, RequestInit & { headers: Record<string, string> }];
const problemOf = (call: Promise<unknown>) => call.then(() => { throw new Error("resolved"); }, (e: unknown) => { expect(e).toBeInstanceOf(ApiProblem); return e as ApiProblem; });

afterEach(() => vi.unstubAllGlobals());

describe("a call to the API", () => {
  it("sends JSON, the key and the quoted ETag, and never leaves the origin", async () => {
    answer({ ok: true });
    await fetchJson("/api/v1/x", { method: "PATCH", body: { a: 1 }, ifMatch: "7", idempotencyKey: "k" });
    expect(sent()[1]).toMatchObject({ method: "PATCH", body: '{"a":1}', credentials: "same-origin", redirect: "error", headers: { "content-type": "application/json", "if-match": '"7"', "idempotency-key": "k" } });
    await expect(fetchJson("https://elsewhere.example/api/v1/x")).rejects.toThrow(TypeError);
    await expect(fetchJson("//elsewhere.example/api/")).rejects.toThrow(TypeError);
    expect(fetch).toHaveBeenCalledOnce();
  });

  it("resolves to undefined where there is no body, and gives the ETag without quotes", async () => {
    answer(undefined, { status: 204 });
    expect(await fetchJson("/api/v1/x", { method: "DELETE" })).toBeUndefined();
    answer({ a: 1 }, { headers: { etag: 'W/"12"' } });
    expect(await fetchWithEtag("/api/v1/x")).toEqual({ data: { a: 1 }, etag: "12", status: 200 });
  });

  it("turns a problem document into an ApiProblem with fields, wait and further members", async () => {
    answer({ type: "t", title: "T", status: 429, code: "rate_limited", detail: "Wait a minute.", requestId: "r1", errors: [{ path: "email", message: "bad" }], limit: 5 }, { status: 429, headers: { "retry-after": "12" } });
    const problem = await problemOf(fetchJson("/api/v1/x"));
    expect({ ...problem }).toMatchObject({ status: 429, code: "rate_limited", detail: "Wait a minute.", fields: [{ path: "email", message: "bad" }], retryAfterSeconds: 12, requestId: "r1", extra: { limit: 5 } });
    expect(problem.message).toBe("Wait a minute.");
  });

  it("says in plain words that no answer came, and that a proxy answered instead", async () => {
    vi.stubGlobal("fetch", vi.fn(async () => { throw new TypeError("fetch failed"); }));
    expect(await problemOf(fetchJson("/api/v1/x"))).toMatchObject({ status: 0, code: "network", detail: expect.stringMatching(/could not be reached/) });
    answer("<html>bad gateway</html>", { status: 502 });
    expect(await problemOf(fetchJson("/api/v1/x"))).toMatchObject({ status: 502, code: "unreadable" });
    answer("{cut", { status: 200 });
    expect(await problemOf(fetchJson("/api/v1/x"))).toMatchObject({ code: "unreadable" });
  });

  it("lets an abort through as what it is", async () => {
    const abort = new AbortController();
    vi.stubGlobal("fetch", vi.fn(async () => { abort.abort(); throw new DOMException("aborted", "AbortError"); }));
    await expect(fetchJson("/api/v1/x", { signal: abort.signal })).rejects.toThrow("aborted");
  });

  it("says that no answer came in time, and of a change that it may have been made", async () => {
    vi.useFakeTimers();
    try {
      vi.stubGlobal("fetch", vi.fn((_: string, { signal }: RequestInit) => new Promise((_resolve, reject) => signal!.addEventListener("abort", () => reject(signal!.reason)))));
      const read = problemOf(fetchJson("/api/v1/x"));
      const change = problemOf(fetchJson("/api/v1/x", { method: "DELETE" }));
      await vi.advanceTimersByTimeAsync(LIMIT_MS.change);
      expect(await read).toMatchObject({ status: 0, code: "timed_out", detail: expect.stringMatching(/within 30 s/) });
      expect(await change).toMatchObject({ status: 0, code: "timed_out", detail: expect.stringMatching(/within 60 s.*may have been done/) });
    } finally {
      vi.useRealTimers();
    }
  });

  it("waits for the body no longer than for the answer", async () => {
    vi.useFakeTimers();
    try {
      vi.stubGlobal("fetch", vi.fn(async (_: string, { signal }: RequestInit) => new Response(new ReadableStream({ start: (c) => signal!.addEventListener("abort", () => c.error(signal!.reason)) }), { status: 200 })));
      const read = problemOf(fetchJson("/api/v1/x"));
      await vi.advanceTimersByTimeAsync(LIMIT_MS.read);
      expect(await read).toMatchObject({ code: "timed_out" });
    } finally {
      vi.useRealTimers();
    }
  });
});
