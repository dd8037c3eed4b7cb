/** A row of the form: a value, or the name of a secret of the project. */
export type Variable = { id: string; name: string; kind: "value" | "secret"; value: string };

/** The rows as the API takes them. Empty rows are left out; the last of two rows with one name counts. */
export function variablesOf(rows: readonly Variable[]): { env: Record<string, string> | undefined; secrets: Record<string, string> | undefined } {
  const of = (kind: Variable["kind"]) => {
    const entries = rows.filter((r) => r.kind === kind && (r.name !== "" || r.value !== "")).map((r) => [r.name, r.value] as const);
    return entries.length > 0 ? Object.fromEntries(entries) : undefined;
  };
  return { env: of("value"), secrets: of("secret") };
}
