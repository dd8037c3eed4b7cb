import { Badge } from "@/components/ui/badge";

type Change = { path: string; from?: unknown; to?: unknown };
export type ShownObject = { kind: string; namespace: string | null; name: string; action: "create" | "change" | "delete" | "refused"; changes: Change[]; message: string | null };

const WORDS: Record<ShownObject["action"], string> = { create: "Created", change: "Changed", delete: "Deleted", refused: "Refused" };
const TONES = { create: "ready", change: "progressing", delete: "warning", refused: "failed" } as const;
const shown = (value: unknown) => (value === null || value === undefined ? "not set" : typeof value === "string" ? value : JSON.stringify(value));

/** What a cluster says would become of its objects. A new object's fields are not listed: all of it is new. */
export function ObjectDiffs({ objects }: { objects: ShownObject[] }) {
  if (objects.length === 0) return <p className="text-sm text-ink-muted">Nothing: the cluster has all of it already.</p>;
  return (
    <ul className="grid divide-y divide-line rounded-md border border-line text-sm">
      {objects.map((o) => (
        <li key={`${o.kind}/${o.namespace ?? ""}/${o.name}`} className="grid gap-1 px-3 py-1.5">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1"><Badge tone={TONES[o.action]}>{WORDS[o.action]}</Badge><span className="text-ink">{o.kind}</span><span className="min-w-0 break-all font-mono text-ink-muted">{o.namespace ? `${o.namespace}/` : ""}{o.name}</span></p>
          {o.message ? <p className="text-failed">{o.message}</p> : null}
          {o.action === "change" ? (
            <details>
              <summary className="link w-fit cursor-pointer">{o.changes.length === 1 ? "1 field" : `${o.changes.length} fields`}</summary>
              <ul className="mt-1 grid gap-1 font-mono text-xs">
                {o.changes.map((c) => <li key={c.path} className="min-w-0 break-all"><span className="text-ink">{c.path}</span> <span className="text-ink-muted">{shown(c.from)}</span> → <span className="text-ink">{shown(c.to)}</span></li>)}
              </ul>
            </details>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
