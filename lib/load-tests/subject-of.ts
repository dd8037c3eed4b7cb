import { createHash } from "node:crypto";
import os from "node:os";
import { db } from "@/lib/db/client";
import { readStatus } from "@/lib/deployments/stored-status";
import { AppError, notFound } from "@/lib/errors";
import type { LoadSubject, LoadTestQuestion } from "@/lib/load-tests/schema";
import { encodeRequest, type EncodedRequest } from "@/lib/models/inspect/encode-request";
import { exampleInputs } from "@/lib/models/inspect/example-inputs";
import type { Signature } from "@/lib/models/inspect/types";
import type { Profile } from "@/lib/profiles/schema";

/** What is sent, as stored: large examples are made again from the signature by whoever sends. */
export type StoredRequest = { kind: "example" } | { kind: "own"; body: unknown };
export type Tested = { deploymentId: string; slug: string; revision: number; subject: LoadSubject; request: StoredRequest; encoded: EncodedRequest };

/** What a test of a deployment would be of, as it is now. Throws not_found, and unprocessable where no request can be made. */
export async function subjectOf(projectId: string, slug: string, asked: Pick<LoadTestQuestion, "request" | "revision">): Promise<Tested> {
  const d = await db().deployment.findUnique({
    where: { projectId_slug: { projectId, slug } },
    select: { id: true, slug: true, status: true, stableRevision: true, desiredRevision: true, minReplicas: true, maxReplicas: true, target: { select: { slug: true, kind: true } }, model: { select: { slug: true } }, revisions: { select: { number: true, runtime: true, profile: true, version: { select: { number: true, signature: true } } } } },
  });
  if (!d) throw notFound("deployment");
  const number = asked.revision ?? d.stableRevision ?? d.desiredRevision;
  const revision = d.revisions.find((r) => r.number === number);
  if (!revision) throw notFound("revision");
  const profile = revision.profile as Profile;
  const request: StoredRequest = asked.request === undefined ? { kind: "example" } : { kind: "own", body: asked.request };
  const encoded = encodedOf(request, revision.version.signature as Signature | null);
  const bytes = bytesOf(encoded);
  return {
    deploymentId: d.id, slug: d.slug, revision: number, request, encoded,
    subject: {
      model: d.model.slug, version: revision.version.number, profile: profile.slug, runtime: revision.runtime, target: d.target.slug, machine: machineOf(d.target.kind, profile),
      pricePerHour: profile.price?.value ?? null, priceNote: profile.price ? `${profile.price.source}${profile.price.estimate ? ", an estimate" : ""}, ${profile.price.asOf.slice(0, 10)}` : null,
      replicas: { ready: readyOf(d.status, number), min: d.minReplicas, max: d.maxReplicas },
      requestBytes: bytes.length, requestSha256: createHash("sha256").update(bytes).digest("hex"), requestKind: request.kind,
    },
  };
}

/** The request as it travels. Throws unprocessable where the signature does not tell what one looks like. */
export function encodedOf(request: StoredRequest, signature: Signature | null): EncodedRequest {
  if (request.kind === "own") return { body: JSON.stringify(request.body), headers: { "content-type": "application/json" }, binary: false };
  const example = signature && exampleInputs(signature);
  if (!example) throw new AppError("unprocessable", "No request can be made from this model's signature. Send one of your own as `request`.");
  return encodeRequest(example.inputs);
}

export const bytesOf = ({ body }: EncodedRequest): Uint8Array => (typeof body === "string" ? new TextEncoder().encode(body) : body);

/** Replicas of a revision that serve, by the stored status of its deployment. */
export const readyOf = (status: unknown, revision: number): number => readStatus(status).revisions.find((r) => r.n === revision)?.ready ?? 0;

function machineOf(kind: string, profile: Profile): string {
  if (kind !== "local") return profile.instanceType ?? "nodes of the cluster";
  return `${os.availableParallelism()} × ${os.cpus()[0]?.model.trim() ?? "processor of unknown kind"}`;
}
