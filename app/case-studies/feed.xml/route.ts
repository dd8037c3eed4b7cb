import { STUDIES } from "@/content/case-studies";
import { env } from "@/lib/env";

export const dynamic = "force-dynamic"; // it names this installation's own address

const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The case studies as RSS 2.0. */
export function GET(): Response {
  const at = (slug: string) => `${env().baseUrl}/case-studies/${slug}`;
  const items = STUDIES.map((s) => `<item><title>${escape(s.title)}</title><link>${escape(at(s.slug))}</link><guid>${escape(at(s.slug))}</guid><pubDate>${new Date(s.published).toUTCString()}</pubDate><description>${escape(s.summary)}</description></item>`);
  return new Response(`<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Slipway case studies</title><link>${escape(env().baseUrl)}/case-studies</link><description>Technical studies with method, data and script.</description><language>en</language><atom:link href="${escape(env().baseUrl)}/case-studies/feed.xml" rel="self" type="application/rss+xml"/>${items.join("")}</channel></rss>\n`, { headers: { "content-type": "application/rss+xml; charset=utf-8" } });
}
