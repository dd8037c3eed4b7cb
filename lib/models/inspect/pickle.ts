import type { Budget } from "./budget";
import { Cursor } from "./cursor";
import { judgeImport } from "./pickle-allow-list";
import { type PickleWalk, walkPickle } from "./pickle-walk";
import { plainText } from "./plain-text";
import type { Reading } from "./reading";
import { Refusal } from "./refusal";
import type { InspectionFinding, ReadableFile } from "./types";

const ADVICE = "Save the model as ONNX or safetensors to have it accepted without a review.";

/** Reads a bare pickle. It is never loaded; it always carries code, so at best it waits for a platform person. */
export async function readPickle(file: ReadableFile, budget: Budget): Promise<Reading> {
  const walk = await walkPickle(new Cursor(file, budget), 0);
  const findings = judgeWalk(walk, file.path);
  const isJoblib = walk.imports.some(([module, name]) => module === "joblib.numpy_pickle" && name === "NumpyArrayWrapper");
  if (isJoblib) {
    findings.push({ severity: "danger", code: "cannot_be_verified", path: file.path, message: `A joblib file puts raw arrays between pickle instructions, so what follows the first array was not checked. ${ADVICE}` });
  } else if (walk.end !== null && walk.end < file.sizeBytes) {
    throw new Refusal("data_after_stop", `${file.sizeBytes - walk.end} bytes follow the end of the pickle, where a second one could hide. Save the model again. ${importList(walk)}`);
  }
  return { format: "pickle", path: file.path, signature: null, parameters: null, weightBytesByType: null, facts: { imports: walk.imports.length, ...(isJoblib ? { writer: "joblib" } : {}) }, findings, carriesCode: true };
}

/** Findings on what a pickle imports. Throws a Refusal for a malformed stream or an import that no model needs. */
export function judgeWalk(walk: PickleWalk, path: string): InspectionFinding[] {
  const standings = walk.imports.map(([module, name]) => ({ full: plainText(`${module}.${name}`), standing: judgeImport(module, name) }));
  const hostile = standings.filter(({ standing }) => standing === "hostile").map(({ full }) => full);
  if (hostile.length > 0) throw new Refusal("hostile_import", `Loading this pickle would run ${hostile.slice(0, 5).join(", ")}, which no model needs. Do not open the file; get the model from its author as ONNX or safetensors.`, path);
  const isJoblib = walk.imports.some(([module]) => module === "joblib.numpy_pickle");
  if (walk.problem && !walk.problem.unverifiable && !isJoblib) throw new Refusal(walk.problem.code, `${walk.problem.message} ${importList(walk)}`.trim(), path);

  const findings: InspectionFinding[] = [{ severity: "warning", code: "carries_code", path, message: `Loading a pickle runs code, so it can be deployed only after a platform person approved it. ${ADVICE}` }];
  if (walk.problem?.unverifiable) findings.push({ severity: "danger", code: "cannot_be_verified", path, message: walk.problem.message });
  const unlisted = standings.filter(({ standing }) => standing === "unlisted").map(({ full }) => full);
  if (unlisted.length > 0) {
    const rest = unlisted.length > 10 ? ` and ${unlisted.length - 10} more` : "";
    findings.push({ severity: "danger", code: "unlisted_import", path, message: `Loading it imports ${unlisted.slice(0, 10).join(", ")}${rest}, which is not on the list of imports that only rebuild data.` });
  }
  const listed = standings.filter(({ standing }) => standing === "data_only").map(({ full }) => full);
  if (listed.length > 0) findings.push({ severity: "info", code: "imports", path, message: `Imports that only rebuild data: ${plainText(listed.join(", "), 400)}.` });
  return findings;
}

function importList(walk: PickleWalk): string {
  if (walk.imports.length === 0) return "";
  return `Imports seen so far: ${plainText(walk.imports.slice(0, 10).map((pair) => pair.join(".")).join(", "), 300)}.`;
}

/** True when bytes without a pickle header are one all the same, because loaders do not ask for it: they import something by a plausible name and call it. Most other files end the walk at their first byte. */
export async function isHeaderlessPickle(file: ReadableFile, budget: Budget): Promise<boolean> {
  const walk = await walkPickle(new Cursor(file, budget), 0);
  const named = walk.imports.some(([module, name]) => /^[A-Za-z_][\w.]*$/.test(module) && /^[A-Za-z_][\w.]*$/.test(name));
  return named && walk.calls > 0;
}
