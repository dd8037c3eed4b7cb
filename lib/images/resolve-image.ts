import { createHash } from "node:crypto";
import type { z } from "zod";
import { AppError } from "@/lib/errors";
import { challengeOf, loginOf, parseImage, type ImageReference } from "@/lib/images/image-reference";
import type { ResolvedImage, resolveImageSchema } from "@/lib/images/schema";
import { guardedFetch, readBody, type GuardedFetchOptions, type GuardedResponse } from "@/lib/net/guarded-fetch";
import { resolveSecrets } from "@/lib/secrets/resolve-secrets";

type Fetch = (url: string, options: GuardedFetchOptions) => Promise<Pick<GuardedResponse, "status" | "headers" | "body">>;

const MANIFESTS = "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json";
const TIMEOUT_MS = 20_000;
const MAX_BYTES = 4 << 20;

/** What a tag stands for at this moment. Throws not_found for no such image, unprocessable where the registry lets nobody in, bad_gateway for a registry that does not answer. */
export async function resolveImage(projectId: string, input: z.output<typeof resolveImageSchema>, fetch: Fetch = guardedFetch): Promise<ResolvedImage> {
  const ref = parseImage(input.image);
  const secret = input.pullSecret === undefined ? null : await secretNamed(projectId, input.pullSecret);
  const login = secret === null ? null : loginOf(secret, ref.registry);
  if (secret !== null && login === null) throw new AppError("unprocessable", `The secret ${input.pullSecret} has no login for ${ref.registry}.`, { fields: [{ path: "pullSecret", message: `has no login for ${ref.registry}` }] });
  const { body, headers } = await manifestOf(ref, login, fetch);
  const digest = `sha256:${createHash("sha256").update(body).digest("hex")}`;
  const said = headers["docker-content-digest"];
  if ((said !== undefined && said !== digest) || (ref.digest !== null && ref.digest !== digest)) throw new AppError("bad_gateway", `${ref.registry} answered with something else than the digest it names.`);
  return { image: `${ref.name}@${digest}`, tag: ref.tag, digest, ...contentOf(body) };
}

/** To whoever asks, a secret that is not set is a mistake in the request; to a worker it is something to wait for. */
async function secretNamed(projectId: string, name: string): Promise<string | null> {
  try {
    return (await resolveSecrets(projectId, [name])).get(name) ?? null;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_ready") throw new AppError("unprocessable", error.message, { fields: [{ path: "pullSecret", message: "is not set in this project" }] });
    throw error;
  }
}

async function manifestOf(ref: ImageReference, login: string | null, fetch: Fetch): Promise<{ body: Buffer; headers: Record<string, string> }> {
  const url = `https://${ref.registry}/v2/${ref.path}/manifests/${ref.digest ?? ref.tag}`;
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const ask = async (at: string, headers: Record<string, string>) => {
    const answer = await fetch(at, { headers, signal, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS });
    return { status: answer.status, headers: answer.headers, body: await readBody(answer as GuardedResponse) };
  };
  let answer = await ask(url, { accept: MANIFESTS });
  if (answer.status === 401) {
    const authorization = await authorize(ref, challengeOf(answer.headers["www-authenticate"]), login, ask);
    if (authorization !== null) answer = await ask(url, { accept: MANIFESTS, authorization });
  }
  if (answer.status === 200) return answer;
  if (answer.status === 404) throw new AppError("not_found", `${ref.registry} has no ${ref.path}:${ref.tag ?? ref.digest}, or shows it to nobody without a login.`);
  if (answer.status === 401 || answer.status === 403) throw new AppError("unprocessable", login === null ? `${ref.registry} asks for a login. Name the project's secret that holds one.` : `${ref.registry} does not take the login of the secret for ${ref.path}.`, { fields: [{ path: "pullSecret", message: "is not let in" }] });
  throw new AppError("bad_gateway", answer.status === 429 ? `${ref.registry} answers no more questions for now. Try again later, or with a login.` : `${ref.registry} answered ${answer.status}.`);
}

type Ask = (at: string, headers: Record<string, string>) => Promise<{ status: number; headers: Record<string, string>; body: Buffer }>;

/** The header a registry wants: a token of the place it names, or the login itself. The login goes only where the registry it is for sends us. */
async function authorize(ref: ImageReference, challenge: ReturnType<typeof challengeOf>, login: string | null, ask: Ask): Promise<string | null> {
  if (challenge === null) return login === null ? null : `Basic ${login}`;
  if (!URL.canParse(challenge.realm) || new URL(challenge.realm).protocol !== "https:") throw new AppError("bad_gateway", `${ref.registry} sends callers to a place for tokens that is not https.`);
  const at = new URL(challenge.realm);
  if (challenge.service !== null) at.searchParams.set("service", challenge.service);
  at.searchParams.set("scope", challenge.scope ?? `repository:${ref.path}:pull`);
  const answer = await ask(at.href, login === null ? {} : { authorization: `Basic ${login}` });
  if (answer.status !== 200) return null;
  const { token, access_token: access } = (asJson(answer.body) ?? {}) as { token?: unknown; access_token?: unknown };
  const given = token ?? access;
  return typeof given === "string" ? `Bearer ${given}` : null;
}

type Manifest = { manifests?: { platform?: { os?: string; architecture?: string } }[]; config?: { size?: number }; layers?: { size?: number }[] };

function contentOf(body: Buffer): Pick<ResolvedImage, "sizeBytes" | "platforms"> {
  const manifest = (asJson(body) ?? {}) as Manifest;
  if (Array.isArray(manifest.manifests)) {
    const platforms = manifest.manifests.flatMap(({ platform: p }) => (p?.os && p.architecture && p.os !== "unknown" ? [`${p.os}/${p.architecture}`] : []));
    return { sizeBytes: null, platforms: [...new Set(platforms)] };
  }
  if (!Array.isArray(manifest.layers)) throw new AppError("bad_gateway", "The registry answered with something that is no image.");
  const sizes = [manifest.config, ...manifest.layers].map((part) => part?.size);
  return { sizeBytes: sizes.every((s) => typeof s === "number") ? sizes.reduce((sum, s) => sum + s, 0) : null, platforms: null };
}

function asJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
