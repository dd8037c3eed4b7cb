import { HttpMethod, type KubeConfig, RequestContext } from "@kubernetes/client-node";
import { setTimeout as sleep } from "node:timers/promises";
import { fetch, type Response } from "undici";
import { KubeApiError } from "@/lib/targets/kubernetes/api-error";
import { type Kind, kindOf, pathOf } from "@/lib/targets/kubernetes/kinds";
import { FIELD_MANAGER } from "@/lib/targets/kubernetes/labels";
import type { KubeObject, Metadata } from "@/lib/targets/kubernetes/objects";

const TIMEOUT_MS = 30_000;
const PAGE = 500;
const MOST_RETRIES = 3;
const METADATA_ONLY = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json;q=0.1";

type Method = "GET" | "POST" | "PATCH" | "DELETE";
type Options = { query?: Record<string, string>; accept?: string; contentType?: string; body?: unknown; signal?: AbortSignal; timeoutMs?: number; retry?: boolean };

export type ListOptions = { namespace?: string | null; labelSelector?: string; fieldSelector?: string };

/**
 * The API server, in the few calls Slipway makes. Credentials, TLS and vetted connections are the KubeConfig's; bodies stay plain JSON:
 * client-node's typed serialisers would turn times into Dates and drop fields they do not know.
 */
export class KubeClient {
  /** Requests sent so far, for the bench and the tests that count them. */
  requests = 0;

  constructor(private readonly config: () => Promise<KubeConfig>) {}

  get<T = KubeObject>(kind: Kind, namespace: string | null, name: string): Promise<T> {
    return this.json<T>("GET", pathOf(kind, namespace, name));
  }

  /** The same, null when it is not there or its kind is not served. */
  async find<T = KubeObject>(kind: Kind, namespace: string | null, name: string): Promise<T | null> {
    return this.get<T>(kind, namespace, name).catch(nullWhenMissing);
  }

  /** Every object, page by page. A kind that the cluster does not serve has none. */
  list<T = KubeObject>(kind: Kind, options: ListOptions = {}): Promise<T[]> {
    return this.pages<T>(kind, options);
  }

  /** Names, labels and managed fields only: no secret leaves the cluster for a question about who owns what. */
  listMetadata(kind: Kind, options: ListOptions = {}): Promise<{ metadata: Metadata }[]> {
    return this.pages(kind, options, METADATA_ONLY);
  }

  /** Server-side apply. `force`: take fields that others have. */
  apply<T = KubeObject>(object: KubeObject, options: { force: boolean; dryRun?: boolean }): Promise<T> {
    const path = pathOf(kindOf(object.apiVersion, object.kind), object.metadata.namespace ?? null, object.metadata.name);
    return this.json<T>("PATCH", path, {
      query: { fieldManager: FIELD_MANAGER, force: String(options.force), ...(options.dryRun ? { dryRun: "All" } : {}) }, contentType: "application/apply-patch+yaml", body: object,
    });
  }

  /** A merge patch, of a subresource where one is named. */
  merge(kind: Kind, namespace: string | null, name: string, body: unknown, subresource?: string, fieldManager = FIELD_MANAGER): Promise<KubeObject> {
    return this.json("PATCH", `${pathOf(kind, namespace, name)}${subresource ? `/${subresource}` : ""}`, { query: { fieldManager }, contentType: "application/merge-patch+json", body });
  }

  /** Already gone is success. `uid`: only this very object, not one that has its name since. */
  async delete(kind: Kind, namespace: string | null, name: string, options: { uid?: string; propagation?: "Background" | "Foreground" } = {}): Promise<void> {
    const body = { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy: options.propagation ?? "Background", ...(options.uid ? { preconditions: { uid: options.uid } } : {}) };
    try {
      await this.json("DELETE", pathOf(kind, namespace, name), { body });
    } catch (error) {
      if (error instanceof KubeApiError && (error.status === 404 || (error.status === 409 && options.uid !== undefined))) return;
      throw error;
    }
  }

  post<T = KubeObject>(path: string, body: unknown): Promise<T> {
    return this.json<T>("POST", path, { body });
  }

  /** The same where 429 is an answer and no plea for patience: an eviction that a budget forbids. */
  postOnce<T = KubeObject>(path: string, body: unknown): Promise<T> {
    return this.json<T>("POST", path, { body, retry: false });
  }

  /** An answer whose body is the caller's to read: logs. Throws KubeApiError on a refusal. `timeoutMs` 0: none. */
  async open(path: string, options: Options = {}): Promise<Response> {
    const response = await this.send("GET", path, options);
    if (response.ok) return response;
    throw new KubeApiError(response.status, `GET ${path}`, parse(await response.text()));
  }

  private async pages<T>(kind: Kind, options: ListOptions, accept?: string): Promise<T[]> {
    const items: T[] = [];
    let token = "";
    try {
      do {
        const query = { limit: String(PAGE), ...(options.labelSelector ? { labelSelector: options.labelSelector } : {}), ...(options.fieldSelector ? { fieldSelector: options.fieldSelector } : {}), ...(token ? { continue: token } : {}) };
        const answer = await this.json<{ items?: T[]; metadata?: { continue?: string } }>("GET", pathOf(kind, options.namespace ?? null), { query, accept });
        items.push(...(answer.items ?? []));
        token = answer.metadata?.continue ?? "";
      } while (token !== "");
    } catch (error) {
      // The list grew old between two pages: from the beginning.
      if (token !== "" && error instanceof KubeApiError && error.status === 410) return this.pages(kind, options, accept);
      if (kind.optional && error instanceof KubeApiError && error.status === 404) return [];
      throw error;
    }
    return items;
  }

  private async json<T>(method: Method, path: string, options: Options = {}): Promise<T> {
    let response = await this.send(method, path, options);
    // The server asks to come back: it is overloaded, or the storage of a new kind is just starting.
    for (let tries = 0; options.retry !== false && response.status === 429 && tries < MOST_RETRIES; tries++) {
      await response.text();
      await sleep(Math.min(5, Number(response.headers.get("retry-after")) || 1) * 1000, undefined, { signal: options.signal });
      response = await this.send(method, path, options);
    }
    const body = parse(await response.text());
    if (!response.ok) throw new KubeApiError(response.status, `${method} ${path}`, body);
    return body as T;
  }

  private async send(method: Method, path: string, options: Options): Promise<Response> {
    const config = await this.config();
    const server = config.getCurrentCluster()?.server;
    if (!server) throw new Error("the kubeconfig names no cluster");
    const query = new URLSearchParams(options.query).toString();
    const context = new RequestContext(`${server.replace(/\/$/, "")}${path}${query ? `?${query}` : ""}`, HttpMethod.GET);
    context.setHeaderParam("Accept", options.accept ?? "application/json");
    if (options.body !== undefined) context.setHeaderParam("Content-Type", options.contentType ?? "application/json");
    await config.applySecurityAuthentication(context);
    this.requests++;
    const timeout = options.timeoutMs === 0 ? [] : [AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS)];
    const signals = [...timeout, ...(options.signal ? [options.signal] : [])];
    return fetch(context.getUrl(), {
      method, headers: context.getHeaders(), dispatcher: context.getDispatcher(), redirect: "error",
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }), ...(signals.length > 0 ? { signal: AbortSignal.any(signals) } : {}),
    });
  }
}

function nullWhenMissing(error: unknown): null {
  if (error instanceof KubeApiError && error.status === 404) return null;
  throw error;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { message: text.slice(0, 500) };
  }
}
