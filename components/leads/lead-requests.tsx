import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import type { LeadDetailDto } from "@/lib/leads/schema";

type Contact = LeadDetailDto["contacts"][number];

/** What they sent with the contact form: the words, where they came from, and what they agreed to. */
export function LeadRequests({ contacts, nowMs }: { contacts: Contact[]; nowMs: number }) {
  if (contacts.length === 0) return null;
  return (
    <Panel title={contacts.length === 1 ? "Contact request" : `${contacts.length} contact requests`} flush>
      <ul className="grid divide-y divide-line border-t border-line">{contacts.map((c) => <li key={c.id} className="grid gap-3 p-4"><Request c={c} nowMs={nowMs} /></li>)}</ul>
    </Panel>
  );
}

function Request({ c, nowMs }: { c: Contact; nowMs: number }) {
  const origin = Object.entries(c.origin);
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4"><span className="min-w-0 font-medium wrap-anywhere">{c.name} <a className="link font-normal" href={`mailto:${c.email}`}>{c.email}</a></span><span className="text-sm text-ink-muted"><RelativeTime time={c.at} nowMs={nowMs} /></span></div>
      <p className="whitespace-pre-wrap wrap-anywhere text-pretty">{c.message}</p>
      <dl className="grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[auto_1fr]">
        <dt className="text-ink-muted">Came from</dt><dd className="wrap-anywhere">{origin.length === 0 ? <span className="text-ink-faint">unknown: no campaign, no page before</span> : origin.map(([k, v]) => `${k === "from" ? "page" : k}: ${v}`).join(" · ")}</dd>
        <dt className="text-ink-muted">Agreed to</dt><dd className="wrap-anywhere">“{c.consent}” <span className="text-ink-muted tabular">{c.at.slice(0, 16).replace("T", " ")} UTC</span></dd>
        <dt className="text-ink-muted">Owners told</dt><dd className="wrap-anywhere">{told(c)}</dd>
      </dl>
    </>
  );
}

function told(c: Contact): string {
  const ways = [...(c.mailedAt ? ["by mail"] : []), ...(c.hookedAt ? ["by webhook"] : [])];
  if (ways.length > 0) return ways.join(" and ") + (c.lastFault ? `; failed before: ${c.lastFault}` : "");
  return c.lastFault ? `not yet: ${c.lastFault}` : "not yet, or no way is set";
}
