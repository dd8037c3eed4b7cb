import { createTransport, type TransportOptions } from "nodemailer";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

export const mailIsConfigured = (): boolean => env().SMTP_URL !== undefined;

/** Pure: a header is one line of text. Names that people choose become part of it, and must neither end it nor turn its letters round. */
export const subjectLine = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ").trim().slice(0, 200);

/** Sends a plain-text message by SMTP_URL. Throws bad_gateway when the server does not take it; the address is `slipway@` the base URL's host. */
export async function sendMail(message: { to: string; subject: string; text: string }): Promise<void> {
  const e = env();
  const transport = createTransport({ url: e.SMTP_URL, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 } as TransportOptions);
  try {
    await transport.sendMail({ from: { name: "Slipway", address: `slipway@${new URL(e.baseUrl).hostname}` }, ...message, subject: subjectLine(message.subject), disableFileAccess: true, disableUrlAccess: true });
  } catch (cause) {
    throw new AppError("bad_gateway", "The mail server did not take the message, so nothing was sent. Check SMTP_URL, then try again.", { cause });
  } finally {
    transport.close();
  }
}
