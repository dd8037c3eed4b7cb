import { buildLinearModel, initializer, model, node, port } from "@/lib/samples/build-onnx";
import type { HostileSet } from "./hostile";
import { int, part, varint } from "@/lib/samples/protobuf-writer";

const entry = (key: string, value: string) => part(13, part(1, key), part(2, value));
/** A tensor of four floats whose bytes lie elsewhere. */
const outside = (location: string, ...extra: Buffer[]) => Buffer.concat([int(1, 4), int(2, 1), part(8, "w"), entry("location", location), int(14, 1), ...extra]);
const ports = [port(11, "x", [4]), port(12, "y", [4])];
const withTensor = (tensor: Uint8Array) => model([node("Add", ["x", "w"], ["y"]), initializer(tensor), ...ports]);
const subgraph = (tensor: Uint8Array) => part(6, part(2, "inner"), initializer(tensor));
const onnx = (name: string, bytes: Uint8Array, code: string, others: Record<string, Uint8Array> = {}): HostileSet => ({ name: `ONNX: ${name}`, files: { "model.onnx": bytes, ...others }, verdict: "refused", code });
const weights = { "w.bin": Buffer.alloc(16, 1) };

export function hostileOnnx(): HostileSet[] {
  const good = Buffer.from(buildLinearModel({ inputs: 4, outputs: 3 }));
  return [
    ...["/etc/passwd", "../../../etc/passwd", "..", ".", "", "sub/w.bin", "..\\w.bin", "C:\\w.bin", "C:w.bin", "w.bin\0.txt", "*/_ORT_MEM_ADDR_/*", "file:///etc/passwd", " w.bin", "./w.bin", "x".repeat(300)]
      .map((location) => onnx(`external data at ${JSON.stringify(location.slice(0, 30))}`, withTensor(outside(location)), "external_data", weights)),
    onnx("external data not uploaded", withTensor(outside("w.bin")), "external_data_missing"),
    onnx("external data in the model itself", withTensor(outside("model.onnx")), "external_data"),
    onnx("external offset beyond the sibling", withTensor(outside("w.bin", entry("offset", "8"))), "external_data_range", weights),
    onnx("a negative external offset", withTensor(outside("w.bin", entry("offset", "-16"))), "external_data_range", weights),
    onnx("an external offset of 2^64", withTensor(outside("w.bin", entry("offset", "18446744073709551616"))), "external_data_range", weights),
    onnx("an external length that is not the tensor's", withTensor(outside("w.bin", entry("length", "8"))), "size_mismatch", weights),
    onnx("two external locations", withTensor(outside("w.bin", entry("location", "/etc/passwd"))), "external_data", weights),
    onnx("external entries without the external mark", withTensor(Buffer.concat([int(1, 4), int(2, 1), part(8, "w"), entry("location", "/etc/passwd"), part(9, Buffer.alloc(16))])), "external_data"),
    onnx("the external mark without a location", withTensor(Buffer.concat([int(1, 4), int(2, 1), part(8, "w"), int(14, 1)])), "external_data"),
    onnx("external data in a subgraph", model([node("If", ["x"], ["y"], part(5, part(1, "then_branch"), subgraph(outside("/etc/passwd")))), ...ports]), "external_data"),
    onnx("external data in a list of subgraphs", model([node("If", ["x"], ["y"], part(5, part(1, "g"), part(11, initializer(outside("/etc/passwd"))))), ...ports]), "external_data"),
    onnx("external data in a Constant", model([node("Constant", [], ["y"], part(5, part(1, "value"), part(5, outside("/etc/passwd")))), ...ports]), "external_data"),
    onnx("external data in a tensor list", model([node("Custom", [], ["y"], part(5, part(1, "t"), part(10, outside("/etc/passwd")))), ...ports]), "external_data"),
    onnx("external data in sparse values", model([node("Add", ["x", "w"], ["y"]), part(15, part(1, outside("/etc/passwd"))), ...ports]), "external_data"),
    onnx("external data in sparse indices", model([node("Add", ["x", "w"], ["y"]), part(15, part(2, outside("/etc/passwd"))), ...ports]), "external_data"),
    onnx("external data in a sparse attribute", model([node("Constant", [], ["y"], part(5, part(1, "s"), part(22, part(1, outside("/etc/passwd"))))), ...ports]), "external_data"),
    onnx("external data in a function", model([node("F", ["x"], ["y"]), ...ports], [part(25, part(1, "F"), part(7, part(2, "y"), part(4, "Constant"), part(5, part(1, "value"), part(5, outside("/etc/passwd")))))]), "external_data"),
    onnx("external data in a function's default", model([node("F", ["x"], ["y"]), ...ports], [part(25, part(1, "F"), part(11, part(1, "d"), part(5, outside("/etc/passwd"))))]), "external_data"),
    onnx("external data in a custom operator", model([node("Op", ["x"], ["y"], part(7, "evil.domain"), part(5, part(1, "v"), part(5, outside("/etc/passwd")))), ...ports]), "external_data"),
    onnx("external data in a training graph", model([node("Add", ["x", "x"], ["y"]), ...ports], [part(20, part(1, initializer(outside("/etc/passwd"))))]), "external_data"),
    onnx("a compiled engine", model([node("EPContext", ["x"], ["y"], part(7, "com.microsoft")), ...ports]), "opaque_operator"),
    onnx("two main graphs", Buffer.concat([good, part(7, ...ports)]), "two_graphs"),
    onnx("graphs nested 500 deep", model([nested(500), ...ports]), "too_deep"),
    onnx("types nested 500 deep", model([node("Identity", ["x"], ["y"]), part(11, part(1, "x"), part(2, nestedType(500)))]), "too_deep"),
    onnx("a shape that claims 2^62 values", withTensor(Buffer.concat([int(1, 2n ** 62n), int(2, 1), part(8, "w"), part(9, Buffer.alloc(16))])), "size_mismatch"),
    onnx("a negative dimension", withTensor(Buffer.concat([int(1, -4), int(2, 1), part(8, "w"), part(9, Buffer.alloc(16))])), "bad_shape"),
    onnx("an unknown datatype", withTensor(Buffer.concat([int(1, 4), int(2, 99), part(8, "w"), part(9, Buffer.alloc(16))])), "unknown_datatype"),
    onnx("a truncated file", good.subarray(0, good.length - 40), "malformed_protobuf"),
    onnx("a part longer than its parent", Buffer.concat([int(1, 8), Buffer.from([0x3a]), varint(2n ** 40n), Buffer.from("x")]), "malformed_protobuf"),
    onnx("a number that never ends", Buffer.concat([int(1, 8), Buffer.from([0x3a, 13]), Buffer.alloc(13, 0xff)]), "malformed_protobuf"),
    onnx("a five-megabyte name", model([node("Identity", ["x"], ["y"]), port(11, "x".repeat(5_000_000), [1])]), "too_long_name"),
    onnx("a model that is a pickle as well", polyglot(), "polyglot"),
    onnx("thirty million fields in one node", model([part(1, Buffer.alloc(60_000_000, Buffer.from([0x18, 1]))), ...ports]), "too_complex"),
    onnx("seven million empty nodes", model([Buffer.alloc(14_000_000, Buffer.from([0x0a, 0])), ...ports]), "too_complex"),
    onnx("random bytes", Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919 + 13) & 0xff)), "not_what_it_says"),
    onnx("a Git LFS pointer", Buffer.from("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"), "lfs_pointer"),
    onnx("a sign-in page", Buffer.from("<!DOCTYPE html><html><title>Sign in</title></html>"), "web_page"),
    onnx("an empty file", new Uint8Array(0), "not_what_it_says"),
    { name: "ONNX beside a Python file", files: { "model.onnx": good, "modeling.py": Buffer.from("import os") }, verdict: "quarantined", code: "carries_code" },
    { name: "ONNX beside a shared library", files: { "model.onnx": good, "ops.bin": Buffer.from("\x7fELF\x02\x01\x01", "latin1") }, verdict: "quarantined", code: "carries_code" },
    { name: "ONNX in a set with a path that climbs out", files: { "model.onnx": good, "../x.txt": Buffer.from("x") }, verdict: "refused", code: "unsafe_path" },
  ];
}

function nested(depth: number): Buffer {
  let graph: Buffer = node("Identity", ["x"], ["y"]);
  for (let i = 0; i < depth; i += 1) graph = node("If", ["x"], ["y"], part(5, part(1, "then_branch"), part(6, graph)));
  return graph;
}

function nestedType(depth: number): Buffer {
  let type: Buffer = part(1, int(1, 1));
  for (let i = 0; i < depth; i += 1) type = part(4, part(1, type));
  return type;
}

/**
 * Begins with the operator set import, whose tag is pickle's BINBYTES: a pickle loader skips its first 8 MB as a constant and runs what lies in the weights.
 * The version is written once as a two-byte zero to make those bytes a small length.
 */
function polyglot(): Buffer {
  const opset = Buffer.from([0x42, 5, 0x10, 0x80, 0x00, 0x10, 13]);
  const elements = 2_200_000;
  const tensor = Buffer.concat([int(1, elements), int(2, 1), part(8, "w"), part(9, Buffer.alloc(4 * elements))]);
  const bytes = Buffer.concat([opset, int(1, 8), part(7, node("Add", ["x", "w"], ["y"]), initializer(tensor), ...ports)]);
  bytes.write("cos\nsystem\n(S'id'\ntR.", 5 + opset.readUInt32LE(1), "latin1");
  return bytes;
}
