import { connect } from "node:net";
import type { SeededRandom } from "@/e2e/process/seeded-random";
import { drawnRequest, moment, pieces } from "./drawn-request";
import { bodyAt, headAt } from "./http-bytes";

export type Seen = { id: number; outcome: "answer" | "problem" | "cut" }[];
const PROBLEMS = ["bad_gateway", "queue_full", "not_ready"];

function written(seed: number, id: number): Buffer {
  const { method, body, chunked, expectContinue } = drawnRequest(seed, id);
  const length = chunked ? "transfer-encoding: chunked\r\n" : method === "POST" || body.length > 0 ? `content-length: ${body.length}\r\n` : "";
  const head = Buffer.from(`${method} /serve/acme/iris/v2 HTTP/1.1\r\nhost: x\r\nauthorization: Bearer good\r\nx-id: ${id}\r\n${length}${expectContinue ? "expect: 100-continue\r\n" : ""}\r\n`);
  if (!chunked) return Buffer.concat([head, body]);
  const parts: Buffer[] = [head];
  for (let at = 0; at < body.length; at += 50_000) {
    const part = body.subarray(at, at + 50_000);
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from("\r\n"));
  }
  return Buffer.concat([...parts, Buffer.from("0\r\n\r\n")]);
}

/**
 * One caller on one connection: its requests at once or one after another, in pieces, reading slowly or leaving as drawn. Resolves with what
 * became of each; a byte that is not of the right answer or of a problem is told to `fault`.
 */
export async function callAs(port: number, seed: number, ids: number[], random: SeededRandom, fault: (words: string) => void): Promise<{ seen: Seen; left: boolean; closed: boolean }> {
  const pipelined = random.next() < 0.3;
  const leaves = random.next() < 0.2;
  const slow = random.next() < 0.3;
  const seen: Seen = [];
  let left = false;
  let closes = false;
  let bytes: Buffer = Buffer.alloc(0);
  let told = () => {};
  const socket = connect({ port, host: "127.0.0.1" });
  const closed = new Promise<void>((resolve) => socket.on("error", () => {}).on("close", () => { resolve(); told(); }));

  /** Reads the answer to `id` at the front of what came. `cut`: no more will come. */
  const readOne = (id: number, cut: boolean): void => {
    const { method, status, answer } = drawnRequest(seed, id);
    for (;;) {
      const head = headAt(bytes, 0);
      if (!head) return;
      const code = Number(head.first.split(" ")[1]);
      if (code === 100) {
        bytes = bytes.subarray(head.end);
        continue;
      }
      if (code === 400 && left) return; // Node's own word to who ends in the middle of a request
      const own = head.fields.get("x-id") === String(id);
      if (own && code !== status) fault(`request ${id} has status ${code}, not ${status}`);
      const { body, whole, next } = method === "HEAD" || code === 204 ? { body: Buffer.alloc(0), whole: true, next: head.end } : bodyAt(bytes, head);
      const right = own && (method === "HEAD" || (whole ? body.equals(answer) : body.equals(answer.subarray(0, body.length))));
      if (own && !right) fault(`request ${id} has other bytes than its own: ${body.length} of ${answer.length}, differ at ${body.findIndex((b, i) => b !== answer[i])}, whole ${whole}, ${method} ${[...head.fields].join(";")}; ${body.subarray(0, 24).toString("hex")} ${answer.subarray(0, 24).toString("hex")} next ${bytes.toString("latin1", head.end, head.end + 20)}`);
      if (!whole && !cut) return;
      if (!own && (head.fields.has("x-id") || head.fields.get("content-type") !== "application/problem+json")) fault(`request ${id} has the answer of another: ${head.first}`);
      if (!own && whole && method !== "HEAD" && !PROBLEMS.some((code) => body.includes(`"code":"${code}"`))) fault(`request ${id} has the problem ${body.toString()}`);
      bytes = bytes.subarray(next);
      closes ||= head.fields.get("connection") === "close";
      if (whole) seen.push({ id, outcome: own ? "answer" : "problem" });
      return;
    }
  };
  const read = (cut: boolean) => {
    for (let before = -1; before !== seen.length && seen.length < ids.length;) {
      before = seen.length;
      readOne(ids[before] as number, cut);
    }
    told();
  };
  socket.on("data", (chunk: Buffer) => {
    bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
    read(false);
    if (!slow || random.next() < 0.9) return;
    socket.pause();
    setTimeout(() => socket.resume(), random.below(4));
  });
  const answered = async (n: number) => {
    while (seen.length < n && !socket.closed) await new Promise<void>((resolve) => { told = resolve; });
  };
  if (leaves) {
    const leave = random.pick([() => socket.destroy(), () => socket.resetAndDestroy(), () => socket.end()]);
    setTimeout(() => { left = true; leave(); }, random.below(8));
  }
  for (const [i, id] of ids.entries()) {
    for (const piece of pieces(written(seed, id), random, 4)) {
      if (!socket.writable) break;
      socket.write(piece);
      await moment(random);
    }
    if (!pipelined) await answered(i + 1);
  }
  await answered(ids.length);
  socket.end();
  await closed;
  read(true);
  return { seen: [...seen, ...ids.slice(seen.length).map((id) => ({ id, outcome: "cut" as const }))], left, closed: closes };
}
