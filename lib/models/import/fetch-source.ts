import { AppError } from "@/lib/errors";
import type { ImportReach, OpenedFile } from "@/lib/models/import/plan";
import { guardedFetch, type GuardedResponse } from "@/lib/net/guarded-fetch";

type Options = { maxBytes: number; signal?: AbortSignal; token?: string; what: string };

/** A GET that must answer 200. What may pass by itself is `bad_gateway`; what needs a person is `unprocessable`, with what to do. */
export async function getFromSource(url: string, reach: ImportReach, o: Options): Promise<GuardedResponse> {
  const response = await guardedFetch(url, {
    allow: reach.allow, maxBytes: o.maxBytes, signal: o.signal, maxRedirects: 3, timeoutMs: 30_000, headers: o.token ? { authorization: `Bearer ${o.token}` } : {},
  });
  if (response.status === 200) return response;
  response.body.on("error", () => undefined).destroy();
  const host = new URL(url).host;
  if (response.status === 401 || response.status === 403) throw new AppError("unprocessable", `${host} does not give out ${o.what} (${response.status}). It may not exist, or ${o.token ? "the access token may not read it" : "it may need an access token"}.`);
  if (response.status === 404 || response.status === 410) throw new AppError("unprocessable", `${host} has no ${o.what} (${response.status}). Check the address.`);
  if (response.status >= 500 || response.status === 429 || response.status === 408) throw new AppError("bad_gateway", `${host} answered ${response.status} when asked for ${o.what}.`);
  throw new AppError("unprocessable", `${host} answered ${response.status} when asked for ${o.what}, not with the file.`);
}

export async function openFromSource(url: string, reach: ImportReach, o: Options): Promise<OpenedFile> {
  const response = await getFromSource(url, reach, o);
  const length = response.headers["content-length"];
  // A packed answer's length is not the file's.
  return { body: response.body, contentLength: length !== undefined && !response.headers["content-encoding"] ? Number(length) : null };
}
