import { env } from "@/lib/env";

export type LinkPurpose = "setup" | "invitation" | "reset";

/** Hours each kind of one-time link is good for. */
export const LINK_HOURS: Record<LinkPurpose, number> = { setup: 7 * 24, invitation: 7 * 24, reset: 24 };

const PAGE: Record<LinkPurpose, string> = { setup: "/set-up", invitation: "/invite", reset: "/reset" };

/** The page a link opens. The token stands after `#`, which browsers keep to themselves: no server log and no Referer has it. */
export const linkUrl = (purpose: LinkPurpose, token: string): string => `${env().baseUrl}${PAGE[purpose]}#token=${token}`;
