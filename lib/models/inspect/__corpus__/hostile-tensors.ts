import { buildGguf, buildSafetensors, buildTinyLlama, ggufNumber, ggufString, ggufTensor, ggufText, uint32, uint64 } from "./build-tensors";
import type { HostileSet } from "./hostile";

const st = (name: string, bytes: Uint8Array, code: string): HostileSet => ({ name: `safetensors: ${name}`, files: { "model.safetensors": bytes }, verdict: "refused", code });
const gguf = (name: string, bytes: Uint8Array, code: string, verdict: HostileSet["verdict"] = "refused"): HostileSet => ({ name: `GGUF: ${name}`, files: { "model.gguf": bytes }, verdict, code });
const f32 = (shape: number[], begin: number, end: number) => ({ dtype: "F32", shape, data_offsets: [begin, end] });
const sound = buildSafetensors({ w: f32([4], 0, 16) }, Buffer.alloc(16));

export function hostileTensors(): HostileSet[] {
  return [
    st("a header that claims 2^47 bytes", buildSafetensors("{}", Buffer.alloc(16), 2n ** 47n), "header_too_large"),
    st("a header longer than the file", buildSafetensors("{}", Buffer.alloc(16), 5_000n), "truncated"),
    st("overlapping tensors", buildSafetensors({ a: f32([4], 0, 16), b: f32([4], 8, 24) }, Buffer.alloc(24)), "overlap"),
    st("a gap between tensors", buildSafetensors({ a: f32([1], 0, 4), b: f32([1], 8, 12) }, Buffer.alloc(12)), "gap"),
    st("bytes after the last tensor", buildSafetensors({ a: f32([1], 0, 4) }, Buffer.alloc(64)), "trailing_bytes"),
    st("tensors beyond the end", buildSafetensors({ a: f32([64], 0, 256) }, Buffer.alloc(16)), "truncated"),
    st("offsets that are not the shape's size", buildSafetensors({ a: f32([4], 0, 8) }, Buffer.alloc(8)), "size_mismatch"),
    st("offsets turned round", buildSafetensors({ a: f32([0], 8, 0) }, Buffer.alloc(8)), "size_mismatch"),
    st("a shape whose product overflows", buildSafetensors({ a: f32([2 ** 40, 2 ** 40], 0, 0) }, Buffer.alloc(0)), "size_mismatch"),
    st("a fractional dimension", buildSafetensors({ a: f32([1.5], 0, 6) }, Buffer.alloc(6)), "bad_shape"),
    st("an unknown datatype", buildSafetensors({ a: { dtype: "toString", shape: [1], data_offsets: [0, 4] } }, Buffer.alloc(4)), "unknown_datatype"),
    st("a tensor named twice", buildSafetensors('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', Buffer.alloc(4)), "duplicate_keys"),
    st("a header nested forever", buildSafetensors(`{"a":${"[".repeat(1_000_000)}`, Buffer.alloc(4)), "too_deep"),
    st("a header of five million values", buildSafetensors(`{"a":[${"[],".repeat(5_000_000)}[]]}`, Buffer.alloc(4)), "too_complex"),
    st("metadata that is not text", buildSafetensors({ __metadata__: { a: { b: 1 } } }, Buffer.alloc(0)), "malformed_json"),
    st("a header that is not JSON", buildSafetensors("{nope", Buffer.alloc(0)), "malformed_json"),
    { name: "safetensors: an index whose shard is missing", files: { "model-00001.safetensors": sound, "model.safetensors.index.json": Buffer.from('{"weight_map":{"w":"model-00001.safetensors","v":"model-00002.safetensors"}}') }, verdict: "refused", code: "shard_missing" },
    { name: "safetensors: an index that climbs out", files: { "model-00001.safetensors": sound, "model.safetensors.index.json": Buffer.from('{"weight_map":{"w":"../x.safetensors"}}') }, verdict: "refused", code: "unsafe_path" },
    { name: "safetensors: an index that lies about a shard", files: { "model-00001.safetensors": sound, "model.safetensors.index.json": Buffer.from('{"weight_map":{"other":"model-00001.safetensors"}}') }, verdict: "refused", code: "shard_mismatch" },
    { name: "safetensors: a configuration that loads remote code", files: { "model.safetensors": sound, "config.json": Buffer.from('{"auto_map":{"AutoModel":"someone/repo--modeling.Model"}}') }, verdict: "quarantined", code: "remote_code" },
    { name: "safetensors: a tokenizer template that reaches out", files: { "model.safetensors": sound, "tokenizer_config.json": Buffer.from('{"chat_template":"{{ cycler.__init__.__globals__ }}"}') }, verdict: "quarantined", code: "template_code" },
    gguf("2^60 keys", buildGguf([], [], 0, { keys: 2n ** 60n }), "too_complex"),
    gguf("2^60 tensors", buildGguf([], [], 0, { tensors: 2n ** 60n }), "too_complex"),
    gguf("a text that claims 2^63 bytes", buildGguf([Buffer.concat([ggufText("k"), uint32(8), uint64(2n ** 63n)])], [], 64), "truncated"),
    gguf("a list that claims 2^62 elements", buildGguf([Buffer.concat([ggufText("k"), uint32(9), uint32(0), uint64(2n ** 62n)])], [], 64), "truncated"),
    gguf("lists nested 1,000 deep", buildGguf([Buffer.concat([ggufText("k"), uint32(9), ...Array.from({ length: 1_000 }, () => Buffer.concat([uint32(9), uint64(1)]))])], [], 64), "too_deep"),
    gguf("an unknown value type", buildGguf([Buffer.concat([ggufText("k"), uint32(77)])], [], 64), "unknown_value_type"),
    gguf("a key named twice", buildTinyLlama([ggufString("general.name", "again")]), "duplicate_keys"),
    gguf("an impossible alignment", buildTinyLlama([ggufNumber("general.alignment", 3)]), "bad_alignment"),
    gguf("a tensor beyond the end", buildGguf([], [ggufTensor("w", [1024], 0, 0)], 64), "truncated"),
    gguf("dimensions whose product overflows", buildGguf([], [ggufTensor("w", [2n ** 62n, 2n ** 62n], 0, 0)], 64), "truncated"),
    gguf("overlapping tensors", buildGguf([], [ggufTensor("a", [16], 0, 0), ggufTensor("b", [16], 0, 32)], 128), "overlap"),
    gguf("an unknown tensor type", buildGguf([], [ggufTensor("w", [16], 250, 0)], 64), "unknown_datatype"),
    gguf("big-endian", buildGguf([], [], 0, { version: 0x0300_0000 }), "big_endian"),
    gguf("version 99", buildGguf([], [], 0, { version: 99 }), "unknown_version"),
    gguf("a header cut off", buildTinyLlama().subarray(0, 100), "truncated"),
    gguf("a chat template that reaches out", buildTinyLlama([ggufString("tokenizer.chat_template", "{{ ''.__class__.__mro__ }}")]), "template_code", "quarantined"),
  ];
}
