import { readFile } from "node:fs/promises";
import { setDigest } from "@/lib/models/set-digest";
import { FetchFailure, Passing } from "./failure";

export type RemoteFile = { path: string; sizeBytes: number; sha256: string; url: string };
export type Exchanged = { token: string; files: RemoteFile[] };

const TIMEOUT_MS = 30_000;

/** Exchanges the artifact token for a download token and the list of files; the list has to be the one that was deployed. */
export async function exchange(baseUrl: string, tokenFile: string, revision: number, digest: string): Promise<Exchanged> {
  const token = (await readFile(tokenFile, "utf8").catch(() => { throw new FetchFailure("refused", `The artifact token is not there (${tokenFile}).`); })).trim();
  const response = await fetch(`${baseUrl}/api/v1/artifacts/exchange`, {
    method: "POST", headers: { authorization: `Bearer ${token}`, "content-type": "application/json" }, body: JSON.stringify({ revision }), redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: unknown) => { throw new Passing(`Slipway at ${baseUrl} cannot be reached (${reasonOf(error)}).`); });
  const body = await response.text().catch((error: unknown) => { throw new Passing(`The list of files broke off (${reasonOf(error)}).`); });
  if (!response.ok) throw refusal(response, body, baseUrl);
  const { token: download, files } = parsed(body);
  if (setDigest(files) !== digest) throw new FetchFailure("digestMismatch", "The list of files is not the one this revision was deployed with. Nothing was downloaded.");
  return { token: download, files };
}

/** What an answer that is no success means: to be tried again, or the end. */
export function refusal(response: Response, body: string, baseUrl: string): Error {
  const detail = detailOf(body);
  if (response.status === 408 || response.status === 429 || response.status >= 500) {
    const after = Number(response.headers.get("retry-after"));
    return new Passing(`Slipway answered ${response.status}${detail}.`, Number.isFinite(after) && after > 0 ? Math.min(after, 300) * 1000 : null);
  }
  const hint = response.status === 421 ? " Set SLIPWAY_ALLOWED_HOSTS to the name the cluster reaches it by." : "";
  return new FetchFailure("refused", `Slipway at ${baseUrl} does not give the files: ${response.status}${detail}.${hint}`);
}

function parsed(body: string): Exchanged {
  try {
    const e = JSON.parse(body) as Exchanged;
    if (typeof e.token === "string" && Array.isArray(e.files) && e.files.every(isFile)) return e;
  } catch {
    // falls through
  }
  throw new Passing("The answer was no list of files; is something else at that address?");
}

const isFile = (f: RemoteFile) => typeof f.path === "string" && Number.isSafeInteger(f.sizeBytes) && f.sizeBytes >= 0 && /^[0-9a-f]{64}$/.test(f.sha256) && typeof f.url === "string" && f.url.startsWith("/api/v1/artifacts/");

function detailOf(body: string): string {
  try {
    const { detail } = JSON.parse(body) as { detail?: unknown };
    return typeof detail === "string" ? `, ${detail.replace(/\.$/, "")}` : "";
  } catch {
    return "";
  }
}

export function reasonOf(error: unknown): string {
  for (let e = error; e instanceof Error; e = e.cause) if (typeof (e as { code?: unknown }).code === "string") return (e as unknown as { code: string }).code;
  return error instanceof Error ? error.name === "TimeoutError" ? "no answer in time" : error.message : String(error);
}
