"use client";
import { useId, useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import type { ExampleInput } from "@/lib/models/inspect/example-inputs";

/** Elements up to which each has a box of its own. */
const BOXES = 16;
/** Elements up to which the values are shown as text. */
const TEXT = 4096;
type Props = { input: ExampleInput; onChange: (input: ExampleInput) => void; onError: (message: string | null) => void };

/** Shape and values of one tensor: a box for each of a few values, otherwise a JSON array, nested or flat. */
export function TensorInput({ input, onChange, onError }: Props) {
  const id = useId();
  const [shape, setShape] = useState(() => input.shape.join(", "));
  const [text, setText] = useState(() => (input.data.length <= TEXT ? JSON.stringify(input.data) : ""));
  // The signature says that it is one value: there is no shape to choose.
  const [scalar] = useState(() => input.shape.length === 0);
  const [problem, setProblem] = useState<string | null>(null);
  const tell = (message: string | null) => { setProblem(message); onError(message); };

  const change = (nextShape: string, nextText: string, keep: ExampleInput["data"]) => {
    const dims = nextShape.trim() === "" ? [] : nextShape.split(/[,×x\s]+/).filter(Boolean).map(Number);
    if (dims.some((d) => !Number.isInteger(d) || d < 0)) return tell("The shape must be whole numbers, like 1, 3, 224, 224.");
    const count = dims.reduce((product, d) => product * d, 1);
    if (count > 4_000_000) return tell("More than four million values are too many for this page. Use the API.");
    let data = keep;
    if (nextText.trim() !== "") {
      try {
        data = [JSON.parse(nextText)].flat(Infinity) as ExampleInput["data"];
      } catch {
        return tell("The values must be a JSON array, like [0.1, 0.2].");
      }
    }
    // A new shape keeps what is there and fills the rest, as the example does.
    if (nextShape !== shape) data = Array.from({ length: count }, (_, i) => data[i] ?? (input.datatype === "BOOL" ? false : input.datatype === "BYTES" ? "" : 0));
    if (data.length !== count) return tell(`This shape needs ${count} values, but there are ${data.length}.`);
    if (nextShape !== shape) setText(count <= TEXT ? JSON.stringify(data) : "");
    tell(null);
    onChange({ ...input, shape: dims, data });
  };

  const boxes = input.data.length > 0 && input.data.length <= BOXES && input.datatype !== "BOOL";
  return (
    <div className="grid gap-3">
      {scalar ? null : <Field label="Shape" id={`${id}-shape`}><Input mono value={shape} onChange={(e) => { setShape(e.target.value); change(e.target.value, "", input.data); }} /></Field>}
      {boxes ? (
        <fieldset className="grid gap-1.5">
          <legend className="mb-1.5 text-sm font-medium">Values</legend>
          <div className="grid grid-cols-2 gap-2 sm:grid-cols-4">
            {input.data.map((value, i) => (
              <Input key={i} mono aria-label={`Value ${i}`} type={input.datatype === "BYTES" ? "text" : "number"} step="any" defaultValue={String(value)}
                onChange={(e) => {
                  const data = [...input.data];
                  data[i] = input.datatype === "BYTES" ? e.target.value : Number(e.target.value);
                  tell(null);
                  onChange({ ...input, data });
                }} />
            ))}
          </div>
        </fieldset>
      ) : (
        <Field label="Values" id={`${id}-values`} hint={input.data.length > TEXT ? `${input.data.length.toLocaleString("en-US")} values, not shown. Paste a JSON array to replace them.` : "A JSON array, nested or flat"}>
          <Textarea mono rows={4} value={text} onChange={(e) => { setText(e.target.value); change(shape, e.target.value, input.data); }} />
        </Field>
      )}
      {problem ? <p role="alert" className="text-sm text-failed">{problem}</p> : null}
    </div>
  );
}
