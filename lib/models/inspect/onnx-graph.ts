import type { Cursor } from "./cursor";
import { checkExternalData } from "./onnx-external";
import { readTensor } from "./onnx-tensor";
import { readValueInfo } from "./onnx-value-info";
import { type Field, readText, walkMessage } from "./protobuf";
import { Refusal } from "./refusal";
import type { Signature, TensorSpec } from "./types";

const MAX_NAME_BYTES = 4096;
const MAX_GRAPH_DEPTH = 24;
const MAX_PORTS = 4_096;
const MAX_INITIALIZER_NAME_BYTES = 32 * 1024 * 1024;
/** Constants up to this many values are shapes, axes and scalars; above it they are weights that initializers should have held. */
const LARGEST_PLAIN_CONSTANT = 256n;
/** Operators whose attribute names a file or holds a compiled engine: nothing in the file says what they would do. */
const OPAQUE_OPERATORS = new Set(["EPContext", "PythonOp", "PyOp", "PyCustomOp", "ATen"]);

/** Walks every graph of a model: the main one, subgraphs in attributes, functions, training graphs. Wherever a tensor can be, its external data is checked. */
export class OnnxGraphReader {
  nodes = 0;
  graphName = "";
  parameters = 0n;
  hidesWeights = false;
  readonly weightBytesByType: Record<string, number> = {};
  readonly domains = new Set<string>();
  readonly functionDomains = new Set<string>();
  readonly references = new Set<string>();
  private readonly inputs: TensorSpec[] = [];
  private readonly outputs: TensorSpec[] = [];
  private readonly initializers = new Set<string>();
  private initializerNameBytes = 0;

  constructor(
    private readonly cursor: Cursor,
    private readonly modelPath: string,
    private readonly siblings: ReadonlyMap<string, number>,
  ) {}

  /** Old exporters list initializers among the inputs; a caller never sends those. */
  signature(): Signature {
    return { inputs: this.inputs.filter((input) => !this.initializers.has(input.name)), outputs: this.outputs };
  }

  async readMainGraph(graph: Field): Promise<void> {
    await this.readGraph(graph, 0, true);
  }

  async readTrainingInfo(message: Field): Promise<void> {
    await this.walk(message, (field) => {
      if (field.number === 1 || field.number === 2) return this.readGraph(field, 1, false);
    });
  }

  async readFunction(message: Field): Promise<void> {
    await this.walk(message, (field) => {
      if (field.number === 7) return this.readNode(field, 1);
      if (field.number === 11) return this.readAttribute(field, 1, "");
      if (field.number === 10) return readText(this.cursor, field, MAX_NAME_BYTES).then((domain) => void this.functionDomains.add(domain));
    });
  }

  private walk(message: Field, onField: (field: Field) => void | Promise<void>): Promise<void> {
    if (message.wireType !== 2) throw new Refusal("malformed_protobuf", "The file is not a valid ONNX model: a number stands where a part should be. Export it again.");
    return walkMessage(this.cursor, message.start, message.start + message.length, onField);
  }

  private async readGraph(message: Field, depth: number, isMain: boolean): Promise<void> {
    if (depth > MAX_GRAPH_DEPTH) throw new Refusal("too_deep", `Graphs are nested more than ${MAX_GRAPH_DEPTH} deep, which no exporter does. Export the model again.`);
    await this.walk(message, (field) => {
      switch (field.number) {
        case 1:
          return this.readNode(field, depth);
        case 2:
          return isMain ? readText(this.cursor, field, MAX_NAME_BYTES).then((name) => void (this.graphName = name)) : undefined;
        case 5:
          return this.readStoredTensor(field, isMain);
        case 11:
          return isMain ? this.readPort(field, this.inputs) : undefined;
        case 12:
          return isMain ? this.readPort(field, this.outputs) : undefined;
        case 15:
          return this.readSparseTensor(field, isMain);
      }
    });
  }

  private async readPort(field: Field, into: TensorSpec[]): Promise<void> {
    const spec = await readValueInfo(this.cursor, field);
    if (into === this.inputs && this.initializers.has(spec.name)) return;
    into.push(spec);
    if (into.length > MAX_PORTS) throw new Refusal("too_complex", `The model has more than ${MAX_PORTS} inputs or outputs. Export it again.`);
  }

  private async readNode(message: Field, depth: number): Promise<void> {
    this.nodes += 1;
    let operator = "";
    const attributes: Field[] = [];
    await this.walk(message, (field) => {
      if (field.number === 4) return readText(this.cursor, field, MAX_NAME_BYTES).then((text) => void (operator = text));
      if (field.number === 7) return readText(this.cursor, field, MAX_NAME_BYTES).then((text) => this.addDomain(text));
      if (field.number === 5) attributes.push({ ...field });
      if (attributes.length > 10_000) throw new Refusal("too_complex", "A node has more than 10,000 attributes. Export the model again.");
    });
    if (OPAQUE_OPERATORS.has(operator)) {
      throw new Refusal("opaque_operator", `The model contains a ${operator} node: a compiled engine, a file reference or Python code instead of a computation. Upload the plain ONNX export.`);
    }
    for (const attribute of attributes) await this.readAttribute(attribute, depth, operator);
  }

  private addDomain(domain: string): void {
    if (this.domains.size < 1_000) this.domains.add(domain);
  }

  private async readAttribute(message: Field, depth: number, operator: string): Promise<void> {
    await this.walk(message, (field) => {
      if (field.number === 5 || field.number === 10) return this.readStoredTensor(field, false);
      if (field.number === 6 || field.number === 11) return this.readGraph(field, depth + 1, false);
      if (field.number === 22 || field.number === 23) return this.readSparseTensor(field, false);
      // Constant can also carry its values as plain lists (value_floats, value_ints).
      if ((field.number === 7 || field.number === 8) && operator === "Constant" && field.length > 4 * Number(LARGEST_PLAIN_CONSTANT)) this.hidesWeights = true;
    });
  }

  private async readSparseTensor(message: Field, isMain: boolean): Promise<void> {
    await this.walk(message, (field) => {
      if (field.number === 1) return this.readStoredTensor(field, isMain);
      if (field.number === 2) return this.readStoredTensor(field, false, true);
    });
  }

  private async readStoredTensor(field: Field, isMainInitializer: boolean, isIndex = false): Promise<void> {
    if (field.wireType !== 2) throw new Refusal("malformed_protobuf", "The file is not a valid ONNX model: a number stands where a tensor should be. Export it again.");
    const tensor = await readTensor(this.cursor, field);
    if (tensor.external) this.references.add(checkExternalData(tensor, this.modelPath, this.siblings));
    if (isMainInitializer) {
      this.parameters += tensor.elements;
      this.weightBytesByType[tensor.native] = (this.weightBytesByType[tensor.native] ?? 0) + Number(tensor.sizeBytes);
      this.initializerNameBytes += tensor.name.length + 64;
      if (this.initializerNameBytes > MAX_INITIALIZER_NAME_BYTES) throw new Refusal("too_complex", "The names of the model's weights alone fill more than 32 MB. Export it again.");
      this.initializers.add(tensor.name);
    } else if (!isIndex && tensor.elements > LARGEST_PLAIN_CONSTANT) {
      this.hidesWeights = true;
    }
  }
}
