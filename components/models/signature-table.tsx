import { shapeWords } from "@/components/models/shape-words";
import type { VersionDto } from "@/lib/models/schema";

type Tensor = NonNullable<VersionDto["signature"]>["inputs"][number];

/** Inputs and outputs with datatype and shape. */
export function SignatureTable({ signature }: { signature: NonNullable<VersionDto["signature"]> }) {
  return <div className="grid gap-4 md:grid-cols-2"><Side title="Inputs" tensors={signature.inputs} /><Side title="Outputs" tensors={signature.outputs} /></div>;
}

function Side({ title, tensors }: { title: string; tensors: Tensor[] }) {
  return (
    <div className="min-w-0 overflow-hidden rounded-lg border border-line">
      <h3 className="flex justify-between border-b border-line bg-sunken px-3 py-1.5 text-xs font-medium text-ink-muted">{title}<span className="tabular">{tensors.length}</span></h3>
      {tensors.length === 0 ? <p className="px-3 py-2 text-sm text-ink-faint">None</p> : (
        <ul className="divide-y divide-line">
          {tensors.map((t) => (
            <li key={t.name} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 px-3 py-2">
              <span className="min-w-0 font-mono text-sm font-medium wrap-anywhere">{t.name}</span>
              <span className="font-mono text-xs text-ink-muted">{t.datatype ?? t.nativeType} {shapeWords(t.shape, t.dimensionNames)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
