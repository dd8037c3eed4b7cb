import { createHash } from "node:crypto";
import { seededRandom, type SeededRandom } from "@/e2e/process/seeded-random";

const KIB = 1024;

/** One request and its right answer. Both ends draw it from its number alone, so neither has to tell the other what it should be. */
export type DrawnRequest = {
  method: "GET" | "HEAD" | "POST";
  body: Buffer;
  /** Sent in chunks, without a length. */
  chunked: boolean;
  expectContinue: boolean;
  /** The gateway may send it once only: it is not held. */
  streamed: boolean;
  status: number;
  answer: Buffer;
};

/** Bytes that no other request has. */
const bytesOf = (what: string, size: number) => Buffer.alloc(size, createHash("sha256").update(what).digest());

function size(random: SeededRandom): number {
  const at = random.next();
  if (at < 0.25) return 0;
  if (at < 0.75) return 1 + random.below(2000);
  if (at < 0.94) return 60 * KIB + random.below(400 * KIB);
  return 1024 * KIB + random.below(700 * KIB);
}

export function drawnRequest(seed: number, id: number): DrawnRequest {
  const random = seededRandom(seed * 1_000_003 + id);
  const method = random.pick(["POST", "POST", "POST", "GET", "HEAD"] as const);
  const body = bytesOf(`sent ${seed} ${id}`, method === "POST" || random.next() < 0.2 ? size(random) : 0);
  const chunked = method === "POST" && random.next() < 0.15;
  const status = random.pick([200, 200, 200, 200, 204, 404, 500]);
  return {
    method, body, chunked, expectContinue: body.length > 0 && random.next() < 0.1, streamed: chunked || body.length > 1024 * KIB,
    status, answer: bytesOf(`answered ${seed} ${id}`, status === 204 ? 0 : size(random)),
  };
}

/** Cuts bytes at up to `most` random places. */
export function pieces(bytes: Buffer, random: SeededRandom, most: number): Buffer[] {
  const cuts = Array.from({ length: random.below(most + 1) }, () => random.below(bytes.length + 1)).sort((a, b) => a - b);
  return [...cuts, bytes.length].map((end, i) => bytes.subarray(i === 0 ? 0 : cuts[i - 1], end)).filter((piece) => piece.length > 0);
}

/** A moment: the same turn, the next one, or some milliseconds. */
export function moment(random: SeededRandom): Promise<void> {
  const at = random.next();
  if (at < 0.5) return Promise.resolve();
  return new Promise((resolve) => (at < 0.9 ? setImmediate(resolve) : setTimeout(resolve, random.below(5))));
}
