import type { ExampleInput } from "@/lib/models/inspect/example-inputs";

export type SampleCall = { /** Of the infer address. */ url: string; inputs: ExampleInput[]; /** false: a public endpoint, which asks for no token. */ withToken: boolean };

/** Elements a sample spells out; a larger tensor is made of one value by the sample's own code. */
const SPELLED_OUT = 64;

/** Whether the samples send the very values given, rather than a stand-in of the same shape. */
export const sendsGivenValues = (inputs: ExampleInput[]): boolean => inputs.every((i) => isSmall(i) || i.data.every((v) => v === i.data[0]));

const isSmall = (i: ExampleInput) => i.data.length <= SPELLED_OUT;
const filler = (i: ExampleInput) => (i.data.every((v) => v === i.data[0]) ? i.data[0]! : typeof i.data[0] === "string" ? "" : typeof i.data[0] === "boolean" ? false : 0);

/** The same call in three languages, each to be pasted and run with the token in SLIPWAY_TOKEN. */
export function codeSamples(call: SampleCall): { label: string; code: string }[] {
  return [{ label: "curl", code: curl(call) }, { label: "Python", code: python(call) }, { label: "TypeScript", code: typescript(call) }];
}

const shellQuoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
const inHereDocument = (text: string) => text.replace(/[\\$`]/g, "\\$&");

function curl({ url, inputs, withToken }: SampleCall): string {
  const large = inputs.some((i) => !isSmall(i));
  const keep = large ? inHereDocument : (text: string) => text;
  const tensors = inputs.map((i) => {
    const data = isSmall(i) ? keep(JSON.stringify(i.data)) : `[$(awk -v v=${shellQuoted(JSON.stringify(filler(i)))} 'BEGIN { for (i = 1; i < ${i.data.length}; i++) printf "%s,", v; printf "%s", v }')]`;
    return `  {"name":${keep(JSON.stringify(i.name))},"datatype":"${i.datatype}","shape":${JSON.stringify(i.shape)},"data":${data}}`;
  });
  return [
    `curl -sS ${shellQuoted(url)} \\`,
    ...(withToken ? [`  -H "Authorization: Bearer $SLIPWAY_TOKEN" \\`] : []),
    `  -H 'Content-Type: application/json' --data-binary @- <<${large ? "BODY" : "'BODY'"}`,
    `{"inputs":[`, tensors.join(",\n"), "]}", "BODY",
  ].join("\n");
}

const pythonValue = (v: unknown): string => (Array.isArray(v) ? `[${v.map(pythonValue).join(", ")}]` : v === true ? "True" : v === false ? "False" : v === null ? "None" : JSON.stringify(v));

function python({ url, inputs, withToken }: SampleCall): string {
  const tensors = inputs.map((i) => `    {"name": ${JSON.stringify(i.name)}, "datatype": "${i.datatype}", "shape": ${pythonValue(i.shape)},\n     "data": ${isSmall(i) ? pythonValue(i.data) : `[${pythonValue(filler(i))}] * ${i.data.length}`}},`);
  return [
    `import json${withToken ? ", os" : ""}, urllib.request`, "",
    `body = {"inputs": [`, ...tensors, "]}",
    `request = urllib.request.Request(`, `    ${JSON.stringify(url)},`, "    data=json.dumps(body).encode(),",
    `    headers={"Content-Type": "application/json"${withToken ? `, "Authorization": "Bearer " + os.environ["SLIPWAY_TOKEN"]` : ""}},`, ")",
    "with urllib.request.urlopen(request) as response:", "    print(json.load(response))",
  ].join("\n");
}

function typescript({ url, inputs, withToken }: SampleCall): string {
  const tensors = inputs.map((i) => `    { name: ${JSON.stringify(i.name)}, datatype: "${i.datatype}", shape: ${JSON.stringify(i.shape)}, data: ${isSmall(i) ? JSON.stringify(i.data) : `Array(${i.data.length}).fill(${JSON.stringify(filler(i))})`} },`);
  return [
    `const response = await fetch(${JSON.stringify(url)}, {`, `  method: "POST",`,
    `  headers: { "Content-Type": "application/json"${withToken ? ", Authorization: `Bearer ${process.env.SLIPWAY_TOKEN}`" : ""} },`,
    "  body: JSON.stringify({ inputs: [", ...tensors, "  ] }),", "});",
    "if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);", "console.log(await response.json());",
  ].join("\n");
}
