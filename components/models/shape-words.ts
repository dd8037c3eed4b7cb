/** A shape as people read it: `[batch × 3 × 224 × 224]`. A dynamic dimension is shown by its name, or as `any`. null: the file does not say. */
export function shapeWords(shape: readonly number[] | null, names?: readonly (string | null)[]): string {
  if (shape === null) return "of any shape";
  if (shape.length === 0) return "scalar";
  return `[${shape.map((d, i) => (d >= 0 ? String(d) : names?.[i] || "any")).join(" × ")}]`;
}
