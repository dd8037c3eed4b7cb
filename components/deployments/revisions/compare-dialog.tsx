"use client";
import { useState } from "react";
import { RevisionDiff } from "@/components/deployments/revisions/revision-diff";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";

type Props = { project: string; slug: string; /** null: closed. */ pair: { from: number; to: number } | null; numbers: number[]; onClose: () => void };

/** Two revisions side by side; either can be changed. */
export function CompareDialog({ project, slug, pair, numbers, onClose }: Props) {
  return (
    <Dialog open={pair !== null} onOpenChange={(open) => { if (!open) onClose(); }} title="What differs" size="lg" footer={<Button onClick={onClose}>Close</Button>}>
      {pair ? <Compare key={`${pair.from}-${pair.to}`} project={project} slug={slug} pair={pair} numbers={numbers} /> : null}
    </Dialog>
  );
}

function Compare({ project, slug, pair, numbers }: { project: string; slug: string; pair: { from: number; to: number }; numbers: number[] }) {
  const [from, setFrom] = useState(pair.from);
  const [to, setTo] = useState(pair.to);
  const options = numbers.map((n) => ({ value: String(n), label: `Revision ${n}` }));
  return (
    <div className="grid gap-4">
      <div className="grid grid-cols-2 gap-4">
        <Field label="From"><Select value={String(from)} onValueChange={(v) => setFrom(Number(v))} options={options} /></Field>
        <Field label="To"><Select value={String(to)} onValueChange={(v) => setTo(Number(v))} options={options} /></Field>
      </div>
      <RevisionDiff project={project} slug={slug} from={from} to={to} />
    </div>
  );
}
