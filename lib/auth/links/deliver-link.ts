import { linkUrl, type LinkPurpose } from "@/lib/auth/links/purpose";
import { mailIsConfigured, sendMail } from "@/lib/mail/send-mail";

const SUBJECT: Record<LinkPurpose, string> = { setup: "Set up Slipway", invitation: "You are invited to Slipway", reset: "Choose a new Slipway password" };
const OPENING: Record<LinkPurpose, string> = {
  setup: "Open this link to become Slipway's owner:", invitation: "Open this link to make your account:", reset: "Open this link to choose a new password:",
};

/** By mail where SMTP_URL is set; otherwise the link itself, for whoever made it to pass on. */
export async function deliverLink(purpose: LinkPurpose, to: string, link: { token: string; expiresAt: Date }) {
  const url = linkUrl(purpose, link.token);
  const expiresAt = link.expiresAt.toISOString();
  if (!mailIsConfigured()) return { url, sentTo: null, expiresAt };
  await sendMail({ to, subject: SUBJECT[purpose], text: `${OPENING[purpose]}\n\n${url}\n\nIt works once, until ${link.expiresAt.toUTCString()}. If you did not expect this, ignore it.\n` });
  return { url: null, sentTo: to, expiresAt };
}
