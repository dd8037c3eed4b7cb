import type { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import type { Permission } from "@/lib/auth/permissions";

/** Who may call an endpoint. There is no default: an endpoint without a policy does not compile. */
export type Policy =
  | { kind: "public" }
  /** Any signed-in person, or a token with the scope `read`; the verb narrows what it sees. `anyScope`: what a token may do with itself. */
  | { kind: "signed-in"; anyScope?: true }
  /** A person's own account: tokens are refused. */
  | { kind: "session" }
  /** A pod of a deployment, by a token that is good for its files and nothing else; no API token opens it. */
  | { kind: "pod"; token: "artifact" | "download" }
  /** A right on the instance. */
  | { kind: "instance"; permission: Permission }
  /** A right in the project that `{project}` names. */
  | { kind: "project"; permission: Permission };

export type ProjectInfo = { id: string; slug: string; name: string };

export type Context<P, Q, B> = {
  actor: Actor;
  /** The project of the path, when the policy is of kind "project". */
  project: ProjectInfo;
  params: P;
  query: Q;
  body: B;
  request: Request;
  requestId: string;
  /** If-Match, without quotes; null when not sent. */
  ifMatch: string | null;
};

export type Reply = { status: number; body: unknown; headers?: Record<string, string>; etag?: string } | Response;

export type Endpoint<P extends z.ZodType = z.ZodType, Q extends z.ZodType = z.ZodType, B extends z.ZodType = z.ZodType> = {
  /** operationId in OpenAPI. */
  id: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** As in OpenAPI: /api/v1/projects/{project} */
  path: string;
  summary: string;
  description?: string;
  tag: string;
  policy: Policy;
  params?: P;
  query?: Q;
  /** JSON body. `raw` instead: the handler reads request.body itself. */
  body?: B;
  raw?: { contentType: string; description: string };
  /** Honours Idempotency-Key. On for every POST unless said otherwise. */
  idempotent?: boolean;
  /** Bodies by status; null: no body. */
  responses: Record<number, { description: string; schema: z.ZodType | null; contentType?: string }>;
  /** Asks for If-Match and answers 428 without. */
  requiresIfMatch?: boolean;
  handler(context: Context<z.output<P>, z.output<Q>, z.output<B>>): Promise<Reply>;
};

// The registry holds endpoints of every shape; the handler's argument makes them contravariant, hence `never`.
export type AnyEndpoint = Omit<Endpoint, "handler"> & { handler(context: never): Promise<Reply> };

export function endpoint<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(definition: Endpoint<P, Q, B>): AnyEndpoint {
  return definition as unknown as AnyEndpoint;
}
