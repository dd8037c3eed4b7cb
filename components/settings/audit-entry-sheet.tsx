"use client";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Sheet } from "@/components/ui/sheet";
import type { AuditEntryDto } from "@/lib/audit/schema";

/** All that an entry of the log holds. */
export function AuditEntrySheet({ entry, onClose, onActor }: { entry: AuditEntryDto | null; onClose: () => void; onActor: (id: string) => void }) {
  return (
    <Sheet open={entry !== null} onOpenChange={(open) => { if (!open) onClose(); }} title={entry ? `${entry.action}, entry ${entry.seq}` : ""}>
      {entry ? (
        <div className="grid gap-4">
          <KeyValueList items={[
            { label: "When", value: new Date(entry.at).toLocaleString(undefined, { dateStyle: "full", timeStyle: "long" }) },
            { label: "Who", value: `${entry.actor.name} (${entry.actor.kind})` },
            { label: "Subject", value: `${entry.subject.kind} ${entry.subject.id}`, mono: true },
            { label: "Project", value: entry.project },
            { label: "Request", value: entry.requestId, mono: true },
            { label: "Hash", value: entry.hash, mono: true },
          ]} />
          {Object.keys(entry.detail).length > 0 ? <CodeBlock title="Details" code={JSON.stringify(entry.detail, null, 2)} wrap /> : null}
          <div><Button onClick={() => onActor(entry.actor.id)}>Show all by {entry.actor.name}</Button></div>
        </div>
      ) : null}
    </Sheet>
  );
}
