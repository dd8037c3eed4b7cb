import { randomUUID } from "node:crypto";
import { problemOf, problemResponse } from "@/lib/api/problem";
import { assertSameOrigin } from "@/lib/auth/same-origin";
import { limitContact } from "@/lib/contact/limit-contact";
import { receiveContact } from "@/lib/contact/receive-contact";
import { contactSchema, TRAP } from "@/lib/contact/schema";
import { AppError } from "@/lib/errors";
import { createLogger } from "@/lib/logger";
import { clientAddress } from "@/lib/net/client-address";

const MAX_BYTES = 32 * 1024;
const THANKS = "/contact/thanks";

/**
 * Takes the contact form as a browser posts it: with script (`accept: application/json`) or without, which is led to a page. Only from
 * our own pages, limited by address; a request is kept before it is answered.
 */
export async function serveContact(request: Request): Promise<Response> {
  const requestId = randomUUID();
  const byScript = request.headers.get("accept")?.includes("application/json") ?? false;
  try {
    assertSameOrigin(request);
    if (request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() !== "application/x-www-form-urlencoded") throw new AppError("unsupported_media_type", "Send the form as application/x-www-form-urlencoded.");
    const values = Object.fromEntries(new URLSearchParams(await boundedText(request)));
    await limitContact(clientAddress(request.headers));
    // A program that fills in everything is told what it hopes for.
    if (!values[TRAP]) {
      const parsed = contactSchema.safeParse(values);
      if (!parsed.success) throw new AppError("invalid_request", "Something in the form is missing or wrong.", { fields: parsed.error.issues.map((i) => ({ path: i.path.join("."), message: i.message })) });
      await receiveContact(parsed.data, requestId, new Date());
    }
    const headers = { "cache-control": "no-store", "x-request-id": requestId };
    return byScript ? Response.json({ sent: true }, { headers }) : new Response(null, { status: 303, headers: { ...headers, location: THANKS } });
  } catch (error) {
    const response = problemResponse(error, requestId);
    if (response.status >= 500) createLogger("web").error({ err: error, requestId }, "a contact request was not kept");
    return byScript || response.status === 403 || response.status === 415 ? response : asPage(error, requestId, response.headers);
  }
}

async function boundedText(request: Request): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  if (request.body) for await (const part of request.body) {
    if ((size += part.byteLength) > MAX_BYTES) throw new AppError("too_large", "The message is too long. Shorten it, and send it again.");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const LABELS: Record<string, string> = { name: "Your name", email: "E-mail address", company: "Company", message: "Message", consent: "Consent", formKey: "The form" };

/** Without script: what is wrong, in a page of its own. The browser keeps what was typed in the page before. */
function asPage(error: unknown, requestId: string, headers: Headers): Response {
  const { status, body } = problemOf(error, requestId);
  const lines = (body.errors ?? []).map((f) => `<li>${escaped(LABELS[f.path] ?? f.path)}: ${escaped(f.message)}</li>`).join("");
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Not sent yet · Slipway</title><body style="font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1.25rem"><main><h1>Not sent yet</h1><p>${escaped(body.detail)}</p>${lines ? `<ul>${lines}</ul>` : ""}<p>Go back with your browser: what you wrote is still there. Or <a href="/contact">start the form again</a>.</p></main></body></html>`;
  const out = new Headers({ "content-type": "text/html; charset=utf-8", "cache-control": "no-store", "x-request-id": requestId });
  const wait = headers.get("retry-after");
  if (wait) out.set("retry-after", wait);
  return new Response(html, { status, headers: out });
}
