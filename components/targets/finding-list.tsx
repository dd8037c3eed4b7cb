import { CodeBlock } from "@/components/ui/code-block";
import { Status, type State } from "@/components/ui/status";
import type { Finding } from "@/lib/targets/target";

const LOOK: Record<Finding["status"], { state: State; word: string }> = { ok: { state: "ready", word: "There" }, warning: { state: "warning", word: "Needs attention" }, missing: { state: "failed", word: "Missing" }, unknown: { state: "stopped", word: "Unknown" } };

// What is optional, or missing and not mended by a command, is how this target is and not a fault.
const lookOf = (f: Finding) => (f.status === "missing" && (f.optional || !f.fix) && f.id !== "reachable" ? { state: "stopped" as const, word: "Not there" } : LOOK[f.status]);

/** What a check found, with the command that mends each thing. */
export function FindingList({ findings }: { findings: Finding[] }) {
  if (findings.length === 0) return <p className="text-ink-muted">Nothing to report.</p>;
  return (
    <ul className="grid divide-y divide-line">
      {findings.map((f) => (
        <li key={f.id} className="grid gap-x-6 gap-y-1.5 py-3 first:pt-0 last:pb-0 sm:grid-cols-[minmax(0,1fr)_auto]">
          <span className="grid gap-0.5"><span className="font-medium">{f.title}{f.optional && f.status === "missing" ? <span className="ml-1.5 font-normal text-ink-faint">optional</span> : null}</span><span className="text-sm text-ink-muted wrap-anywhere">{f.detail}</span></span>
          <Status state={lookOf(f).state} size="sm">{lookOf(f).word}</Status>
          {f.fix ? <CodeBlock className="sm:col-span-2" code={f.fix} wrap maxHeight="max-h-40" /> : null}
        </li>
      ))}
    </ul>
  );
}
