import { db } from "@/lib/db/client";

/** Programs that open links to look at them: a preview in a chat, a mail scanner, a crawler. */
const PROGRAM = /bot\b|crawl|spider|preview|scan|curl|wget|python|slack|facebookexternalhit|whatsapp|monitor/i;

/**
 * Where a tracked link leads. Counts the visit for that day, and keeps nothing of who came: no address, no cookie, no time but the
 * day's last. An unknown link leads to the start page, so that nobody can tell links apart.
 */
export async function followLink(token: string, headers: Headers, now: Date): Promise<string> {
  if (!/^[A-Za-z0-9_-]{8}$/.test(token)) return "/";
  const lead = await db().lead.findUnique({ where: { linkToken: token }, select: { id: true, linkPath: true } });
  if (!lead) return "/";
  const agent = headers.get("user-agent");
  const fetchedAhead = /prefetch|prerender/i.test(headers.get("sec-purpose") ?? headers.get("purpose") ?? "");
  if (agent && !PROGRAM.test(agent) && !fetchedAhead) {
    await db().$executeRaw`
      INSERT INTO "LeadVisit" ("leadId", day, count, "lastAt") VALUES (${lead.id}::uuid, ${now.toISOString().slice(0, 10)}::date, 1, ${now})
      ON CONFLICT ("leadId", day) DO UPDATE SET count = "LeadVisit".count + 1, "lastAt" = EXCLUDED."lastAt"`;
  }
  return lead.linkPath;
}
