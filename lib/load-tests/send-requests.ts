import { Agent, Pool, type Dispatcher } from "undici";
import { LOAD_TEST_LIMITS } from "@/lib/load-tests/limits";
import type { Send } from "@/lib/load-tests/drive";

export type Recipient = { url: string; headers: Record<string, string>; body: Uint8Array; /** Open connections at most. */ connections: number; /** Left out: connects as it likes, which is for this machine's gateway. */ connect?: Agent.Options["connect"] };

/** Connections to one endpoint, kept open between requests, and how one request is sent over them. */
export function senderTo(to: Recipient, signal: AbortSignal): { send: Send; close(): Promise<void> } {
  const { origin, pathname } = new URL(to.url);
  const pool = new Pool(origin, { connections: to.connections, pipelining: 1, ...(to.connect ? { connect: to.connect } : {}) });
  const send: Send = async () => {
    try {
      const answer = await pool.request({ path: pathname, method: "POST", headers: to.headers, body: to.body, signal, headersTimeout: LOAD_TEST_LIMITS.timeoutMs, bodyTimeout: LOAD_TEST_LIMITS.timeoutMs });
      if (answer.statusCode >= 200 && answer.statusCode < 300) {
        await answer.body.dump({ limit: 64 * 1024 * 1024 });
        return null;
      }
      return await causeOf(answer);
    } catch (error) {
      return nameOf(error);
    }
  };
  return { send, close: () => pool.destroy() };
}

/** A problem document says by its code what was wrong; anything else by its status. */
async function causeOf(answer: Dispatcher.ResponseData): Promise<string> {
  const status = `http_${answer.statusCode}`;
  if (!String(answer.headers["content-type"] ?? "").includes("problem+json")) {
    await answer.body.dump();
    return status;
  }
  const { code } = (await answer.body.json()) as { code?: unknown };
  return typeof code === "string" && /^[a-z_]{1,40}$/.test(code) ? code : status;
}

function nameOf(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  if (code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT" || code === "UND_ERR_CONNECT_TIMEOUT") return "timeout";
  return "connection";
}
