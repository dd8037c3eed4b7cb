import { useRef, useState } from "react";
import type { FieldValues, Path, UseFormSetError } from "react-hook-form";
import type { ApiProblem } from "@/lib/api-client/api-problem";
import { asProblem } from "./as-problem";

/**
 * What the server refused of a form. `attempt` runs the call and resolves to whether it succeeded: messages for the form's own
 * fields go to them (the first is focused), everything else becomes `problem`, for a ProblemNotice.
 */
export function useProblem<V extends FieldValues>(setError: UseFormSetError<V>, fields: readonly Path<V>[]) {
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const busy = useRef(false);
  const attempt = async (run: () => Promise<unknown>): Promise<boolean> => {
    // A second press while the first is on its way sends nothing.
    if (busy.current) return false;
    busy.current = true;
    setProblem(null);
    try {
      await run();
      return true;
    } catch (cause) {
      const refused = asProblem(cause);
      const known = refused.fields.filter((f) => (fields as readonly string[]).includes(f.path));
      known.forEach((f, i) => setError(f.path as Path<V>, { type: "server", message: f.message }, { shouldFocus: i === 0 }));
      if (known.length === 0) setProblem(refused);
      return false;
    } finally {
      busy.current = false;
    }
  };
  return { problem, attempt, clear: () => setProblem(null) };
}
