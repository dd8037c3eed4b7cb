"use client";
import { RowMenu } from "@/components/list/row-menu";
import { Panel } from "@/components/ui/panel";
import type { LeadDetailDto } from "@/lib/leads/schema";

type Person = LeadDetailDto["people"][number];

/** Who they are, where each was found, and the way to be forgotten. */
export function LeadPeople({ people, onErase }: { people: Person[]; onErase: (person: Person) => void }) {
  return (
    <Panel title="People" flush>
      {people.length === 0 ? <p className="px-4 pb-4 text-ink-muted">Nobody is known here.</p> : (
        <ul className="grid divide-y divide-line border-t border-line">
          {people.map((p) => (
            <li key={p.id} className="flex items-start gap-3 px-4 py-3">
              <div className="grid min-w-0 flex-1 gap-0.5">
                <span className="font-medium wrap-anywhere">{p.name}{p.title ? <span className="font-normal text-ink-muted">, {p.title}</span> : null}</span>
                <span className="flex flex-wrap gap-x-3 text-sm">{p.email ? <a className="link wrap-anywhere" href={`mailto:${p.email}`}>{p.email}</a> : <span className="text-ink-faint">no address known</span>}{p.linkedinUrl?.startsWith("https://") ? <a className="link" href={p.linkedinUrl} rel="noreferrer nofollow" target="_blank">Profile</a> : null}{p.location ? <span className="text-ink-muted">{p.location}</span> : null}</span>
                {p.fromList ? <span className="text-sm text-ink-muted wrap-anywhere">From {p.fromList.list}, {p.fromList.at.slice(0, 10)}{p.fromList.origin ? `: ${p.fromList.origin}` : ""}{p.fromList.basis ? `. Kept because: ${p.fromList.basis}` : ""}</span> : null}
              </div>
              <RowMenu name={p.name} items={[{ label: "Delete everything about them…", danger: true, onSelect: () => onErase(p) }]} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
