import type { ServerResponse } from "node:http";

const WORDS: Record<number, { code: string; title: string; detail: string }> = {
  400: { code: "invalid_request", title: "The request is not valid", detail: "The address or the body cannot be read." },
  405: { code: "method_not_allowed", title: "Method not allowed", detail: "This address does not take this method. /api/v1/openapi.json lists those it does." },
  413: { code: "too_large", title: "Too large", detail: "The body is larger than is taken here." },
};

/** Next answers some refusals of its own with nothing at all. The API's callers are promised a problem document with every one. */
export function completeRefusals(response: ServerResponse): void {
  const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
  response.end = ((...args: unknown[]) => {
    const words = WORDS[response.statusCode];
    if (words && !response.headersSent && !response.hasHeader("content-type") && (args[0] === undefined || typeof args[0] === "function")) {
      response.setHeader("content-type", "application/problem+json");
      response.removeHeader("content-length");
      return end(JSON.stringify({ type: `/docs/problems#${words.code}`, title: words.title, status: response.statusCode, code: words.code, detail: words.detail, requestId: "" }));
    }
    return end(...args);
  }) as typeof response.end;
}
