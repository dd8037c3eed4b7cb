import path from "node:path";
import { notFound } from "@/lib/errors";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The one shape of an object's or an upload's key: what crypto.randomUUID makes. Anything else is no key of ours. */
export const isServerMadeId = (id: string) => UUID.test(id);

export function requireServerMadeId(id: string, noun: string): string {
  if (!isServerMadeId(id)) throw notFound(noun);
  return id;
}

/** <root>/blobs/ab/ab12…: two letters of fan-out keep directories small at a million objects. */
export function blobPath(root: string, blobId: string): string {
  requireServerMadeId(blobId, "file");
  return path.join(root, "blobs", blobId.slice(0, 2), blobId);
}

export const incomingPath = (root: string, id: string) => path.join(root, "incoming", requireServerMadeId(id, "upload"));
