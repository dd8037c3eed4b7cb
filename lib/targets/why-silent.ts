type Cause = { code?: unknown; address?: unknown; port?: unknown; name?: unknown; message?: unknown; cause?: unknown; errors?: unknown };

/**
 * Why a target could not be asked, in one line for the log: the innermost cause that says what it is (`ECONNREFUSED 10.0.0.1:6443`, the reason of TLS),
 * otherwise what was said first. Pure; no stack.
 */
export function whySilent(error: unknown): string {
  const chain = causesOf(error);
  for (const e of chain.toReversed()) {
    if (typeof e.code !== "string" || !/^[A-Z][A-Z0-9_]+$/.test(e.code)) continue;
    const place = typeof e.address === "string" ? ` ${e.address}${typeof e.port === "number" ? `:${e.port}` : ""}` : "";
    // The words of TLS and of timeouts say more than their code; those of a refused connection repeat it.
    const words = place === "" && typeof e.message === "string" && !e.message.includes(e.code) ? `: ${e.message}` : "";
    return oneLine(`${e.code}${place}${words}`);
  }
  return oneLine(chain.map((e) => e.message).find((m) => typeof m === "string" && m !== "") as string | undefined ?? String(error));
}

function causesOf(error: unknown): Cause[] {
  const found: Cause[] = [];
  const visit = (e: unknown) => {
    if (typeof e !== "object" || e === null || found.includes(e) || found.length > 20) return;
    found.push(e);
    visit((e as Cause).cause);
    for (const inner of Array.isArray((e as Cause).errors) ? (e as { errors: unknown[] }).errors : []) visit(inner);
  };
  visit(error);
  return found;
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim().slice(0, 300);
