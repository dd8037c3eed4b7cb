import type { Budget } from "./budget";
import { Cursor } from "./cursor";
import { OnnxGraphReader } from "./onnx-graph";
import { plainText } from "./plain-text";
import { asInt64, type Field, readText, walkMessage } from "./protobuf";
import type { Reading } from "./reading";
import { Refusal } from "./refusal";
import type { InspectionFinding, ReadableFile } from "./types";

const MAX_NAME_BYTES = 4096;
const MAX_IR_VERSION = 100n;
const BUILT_IN_DOMAINS = new Set(["", "ai.onnx", "ai.onnx.ml", "ai.onnx.training", "ai.onnx.preview", "ai.onnx.preview.training", "com.microsoft", "com.microsoft.nchwc", "com.ms.internal.nhwc"]);

/**
 * Reads an ONNX model by walking its protobuf, skipping the weights.
 * `siblings`: path in the set -> size in bytes, for external data. Throws a Refusal when the file is malformed or points outside the set.
 */
export async function readOnnx(file: ReadableFile, siblings: ReadonlyMap<string, number>, budget: Budget): Promise<Reading> {
  const cursor = new Cursor(file, budget);
  const facts: Record<string, string | number> = {};
  const opsets: [string, bigint][] = [];
  const graphs = new OnnxGraphReader(cursor, file.path, siblings);
  let graph: Field | null = null;
  let irVersion = 0n;
  const text = (field: Field, key: string) => readText(cursor, field, 1024 * 1024).then((value) => void (value && (facts[key] = plainText(value))));

  await walkMessage(cursor, 0, file.sizeBytes, (field) => {
    switch (field.number) {
      case 1:
        irVersion = asInt64(field.value);
        return;
      case 2:
        return text(field, "producer");
      case 3:
        return text(field, "producerVersion");
      case 7:
        if (graph) throw new Refusal("two_graphs", "The file holds two main graphs, so readers could disagree on which one runs. Export the model again.");
        graph = field;
        return;
      case 8:
        if (opsets.length >= 256) throw new Refusal("too_complex", "The model imports more operator sets than exist. Export it again.");
        return readOpset(cursor, field).then((opset) => void opsets.push(opset));
      case 20:
        return graphs.readTrainingInfo(field);
      case 25:
        return graphs.readFunction(field);
    }
  });
  if (!graph) throw new Refusal("no_graph", "The file reads as protobuf but holds no ONNX graph. Upload the exported model itself.");
  if (irVersion < 1n || irVersion > MAX_IR_VERSION) throw new Refusal("bad_ir_version", `The ONNX IR version is ${irVersion}, which does not exist. Export the model again.`);
  await graphs.readMainGraph(graph);

  facts.irVersion = Number(irVersion);
  const main = opsets.find(([domain]) => domain === "" || domain === "ai.onnx");
  if (main) facts.opset = Number(main[1]);
  const others = opsets.filter((opset) => opset !== main).map(([domain, version]) => `${plainText(domain, 40)} ${version}`);
  if (others.length > 0) facts.otherOpsets = plainText(others.join(", "));
  facts.nodes = graphs.nodes;
  if (graphs.graphName) facts.graphName = plainText(graphs.graphName);

  const references = [...graphs.references].sort();
  const findings: InspectionFinding[] = [];
  const custom = [...graphs.domains].filter((domain) => !BUILT_IN_DOMAINS.has(domain) && !graphs.functionDomains.has(domain)).sort();
  if (custom.length > 0) {
    findings.push({ severity: "warning", code: "custom_operators", path: file.path, message: `The model uses operators from ${custom.slice(0, 5).map((domain) => `"${plainText(domain, 60)}"`).join(", ")}, which ONNX Runtime does not have built in: it will not load until it is exported with standard operators.` });
  }
  if (references.length > 0) {
    findings.push({ severity: "info", code: "external_data", path: file.path, message: `The weights are in ${references.length === 1 ? `"${plainText(references[0] ?? "")}"` : `${references.length} files`} beside the model; each range was checked against the file's size.` });
  }
  if (graphs.hidesWeights) {
    findings.push({ severity: "info", code: "weights_in_nodes", path: file.path, message: "Some weights are stored inside nodes or subgraphs, so parameters are reported as unknown rather than counted wrong." });
  }
  return {
    format: "onnx",
    path: file.path,
    signature: graphs.signature(),
    parameters: graphs.hidesWeights ? null : graphs.parameters,
    weightBytesByType: graphs.hidesWeights ? null : graphs.weightBytesByType,
    facts,
    findings,
    carriesCode: false,
    references,
  };
}

async function readOpset(cursor: Cursor, message: Field): Promise<[string, bigint]> {
  let domain = "";
  let version = 0n;
  await walkMessage(cursor, message.start, message.start + message.length, (field) => {
    if (field.number === 1) return readText(cursor, field, MAX_NAME_BYTES).then((value) => void (domain = value));
    if (field.number === 2) version = asInt64(field.value);
  });
  if (version < 0n || version > 100_000n) throw new Refusal("bad_opset", `The model imports version ${version} of an operator set, which does not exist. Export it again.`);
  return [domain, version];
}
