import type { ExampleInput } from "@/lib/models/inspect/example-inputs";

/** The inputs of a request written as JSON, or what is wrong with it in words. Values may be nested arrays. */
export function requestFromText(text: string): { inputs: ExampleInput[]; error: null } | { inputs: null; error: string } {
  const wrong = (error: string) => ({ inputs: null, error });
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return wrong("This is no valid JSON.");
  }
  const given = typeof body === "object" && body !== null && "inputs" in body ? body.inputs : null;
  if (!Array.isArray(given)) return wrong('The request needs "inputs", an array of tensors.');
  const inputs: ExampleInput[] = [];
  for (const tensor of given as Record<string, unknown>[]) {
    if (typeof tensor !== "object" || tensor === null || typeof tensor.name !== "string" || typeof tensor.datatype !== "string" || !Array.isArray(tensor.shape) || !Array.isArray(tensor.data)) return wrong("Each input needs name, datatype, shape and data.");
    inputs.push({ name: tensor.name, datatype: tensor.datatype as ExampleInput["datatype"], shape: tensor.shape as number[], data: tensor.data.flat(Infinity) as ExampleInput["data"] });
  }
  return { inputs, error: null };
}
