import type { EncodedRequest } from "@/lib/models/inspect/encode-request";

export type OutputTensor = { name: string; datatype: string; shape: number[]; data: (number | string | boolean | null)[] };
/** Times in ms; null where the endpoint did not tell. */
export type Answer = { ok: true; text: string; outputs: OutputTensor[]; totalMs: number; queueMs: number | null; computeMs: number | null; revision: string | null } | { ok: false; status: number; message: string; totalMs: number; retryAfterSeconds: number | null };

/** Where the portal passes requests on, to whatever target. */
export const predictPath = (project: string, deployment: string): string => `/api/v1/projects/${encodeURIComponent(project)}/deployments/${encodeURIComponent(deployment)}/predict`;

/** Sends one request through the portal to the deployment. Rejects only with the AbortError of `signal`. */
export async function sendPredict(project: string, deployment: string, request: EncodedRequest, signal: AbortSignal): Promise<Answer> {
  const started = performance.now();
  try {
    const response = await fetch(predictPath(project, deployment), {
      method: "POST", body: request.body, headers: { accept: "application/json", ...request.headers }, signal, credentials: "same-origin", cache: "no-store", redirect: "error",
    });
    const text = await response.text();
    const totalMs = performance.now() - started;
    const body = parsed(text);
    const outputs = isObject(body) && Array.isArray(body.outputs) ? (body.outputs as OutputTensor[]) : null;
    if (response.ok && outputs) return { ok: true, text, outputs, totalMs, queueMs: ms(response, "queue"), computeMs: ms(response, "compute"), revision: response.headers.get("x-slipway-revision") };
    const wait = Number(response.headers.get("retry-after"));
    return { ok: false, status: response.status, message: wordsOf(body, response.status), totalMs, retryAfterSeconds: wait > 0 ? wait : null };
  } catch (cause) {
    if (signal.aborted) throw cause;
    return { ok: false, status: 0, message: "Slipway could not be reached. Check the connection and whether Slipway is running, then try again.", totalMs: performance.now() - started, retryAfterSeconds: null };
  }
}

const isObject = (v: unknown): v is Record<string, unknown> => typeof v === "object" && v !== null;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function ms(response: Response, what: "queue" | "compute"): number | null {
  const header = response.headers.get(`x-slipway-${what}-ms`);
  return header !== null && Number.isFinite(Number(header)) ? Number(header) : null;
}

/** What went wrong, in words: `error` of a V2 model server, `detail` of a problem document, or plain words for the status. */
export function wordsOf(body: unknown, status: number): string {
  if (isObject(body) && typeof body.error === "string" && body.error) return body.error;
  if (isObject(body) && typeof body.detail === "string" && body.detail) return body.detail;
  return `The endpoint answered with HTTP ${status} and said nothing more.`;
}
