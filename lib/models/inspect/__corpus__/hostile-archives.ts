import { gzipSync } from "node:zlib";
import { buildTar, buildZip } from "./build-archives";
import { callGlobal, torchStateDict } from "./build-pickles";
import type { HostileSet } from "./hostile";

const torch = (name: string, bytes: Uint8Array, verdict: HostileSet["verdict"], code: string): HostileSet => ({ name, files: { "model.pt": bytes }, verdict, code });
const evil = callGlobal("os", "system", "id");
const pkl = (content: Uint8Array = torchStateDict()) => ({ name: "m/data.pkl", content });
const bento = (name: string, bytes: Uint8Array, verdict: HostileSet["verdict"], code: string): HostileSet => ({ name, files: { "service.bento": bytes }, verdict, code });
const yaml = { name: "./bento.yaml", content: "service: svc:Svc\nname: n\nversion: v1\n" };

export function hostileArchives(): HostileSet[] {
  const damaged = buildZip([pkl()]);
  return [
    torch("a zip .pt with a hostile data.pkl", buildZip([pkl(evil)]), "refused", "hostile_import"),
    torch("a deflated hostile data.pkl", buildZip([{ ...pkl(evil), deflate: true }]), "refused", "hostile_import"),
    torch("a case-mangled DATA.PKL", buildZip([{ name: "m/DATA.PKL", content: evil }]), "refused", "mangled_name"),
    torch("the encrypted flag in the directory hides the pickle", buildZip([{ ...pkl(evil), centralFlags: 1 }]), "refused", "encrypted"),
    torch("the encrypted flag in the local header hides the pickle", buildZip([{ ...pkl(evil), localFlags: 1 }]), "refused", "encrypted"),
    torch("a wrong CRC does not hide a hostile import", buildZip([{ ...pkl(evil), crc: 1 }]), "refused", "hostile_import"),
    torch("a wrong CRC on a clean pickle", buildZip([{ ...pkl(), crc: 1 }]), "refused", "bad_crc"),
    torch("a local name that differs from the directory's", buildZip([{ ...pkl(evil), localName: "m/data.txt" }]), "refused", "headers_disagree"),
    torch("a hostile pickle under another name", buildZip([pkl(), { name: "m/version", content: evil }]), "refused", "hostile_import"),
    torch("two entries of one name", buildZip([pkl(), pkl(evil)]), "refused", "duplicate_names"),
    torch("two entries that differ by case", buildZip([pkl(), { name: "M/data.pkl", content: evil }]), "refused", "duplicate_names"),
    torch("an entry that climbs out", buildZip([pkl(), { name: "../../etc/cron.d/x", content: Buffer.from("x") }]), "refused", "unsafe_path"),
    torch("an absolute entry", buildZip([pkl(), { name: "/etc/passwd", content: Buffer.from("x") }]), "refused", "unsafe_path"),
    torch("a backslash entry", buildZip([pkl(), { name: "..\\x", content: Buffer.from("x") }]), "refused", "unsafe_path"),
    torch("a NUL in a name", buildZip([pkl(), { name: "a\0b", content: Buffer.from("x") }]), "refused", "unsafe_path"),
    torch("a zip bomb by ratio", buildZip([{ name: "m/data.pkl", content: Buffer.alloc(64 * 1024 * 1024), deflate: true }]), "refused", "zip_bomb"),
    torch("a zip bomb that lies about its size", buildZip([{ name: "m/data.pkl", content: Buffer.alloc(64 * 1024 * 1024), deflate: true, sizeBytes: 1000 }]), "refused", "malformed_zip"),
    torch("overlapping entries", buildZip([pkl(), { name: "m/other", content: Buffer.from("y"), localName: "m/other", offset: 0 }]), "refused", "headers_disagree"),
    torch("bytes between entries", buildZip([{ ...pkl(), content: torchStateDict(), compressedBytes: 4, sizeBytes: 4 }, { name: "m/z", content: Buffer.from("z") }]), "refused", "hidden_bytes"),
    torch("a directory that declares 60,000 entries", buildZip([pkl()], { entryCount: 60_000 }), "refused", "too_complex"),
    torch("a truncated zip", damaged.subarray(0, damaged.length - 30), "refused", "malformed_zip"),
    torch("TorchScript", buildZip([pkl(), { name: "m/constants.pkl", content: callGlobal("collections", "OrderedDict") }, { name: "m/code/__torch__.py", content: Buffer.from("class M: pass") }]), "quarantined", "torchscript"),
    torch("an unknown zip named .pt", buildZip([{ name: "readme", content: Buffer.from("x") }]), "refused", "no_model"),
    { name: "a TorchServe archive", files: { "m.mar": buildZip([{ name: "MAR-INF/MANIFEST.json", content: Buffer.from('{"model":{"modelName":"m","handler":"h.py"}}') }, { name: "h.py", content: Buffer.from("import os") }]) }, verdict: "quarantined", code: "carries_code" },
    { name: "a TorchServe archive whose manifest nests forever", files: { "m.mar": buildZip([{ name: "MAR-INF/MANIFEST.json", content: Buffer.from("[".repeat(500_000)) }]) }, verdict: "refused", code: "too_deep" },
    { name: "a zip bomb as a manifest", files: { "m.mar": buildZip([{ name: "MAR-INF/MANIFEST.json", content: Buffer.alloc(32 * 1024 * 1024, 0x20), deflate: true, sizeBytes: 500 }]) }, verdict: "refused", code: "malformed_zip" },
    bento("a bento", gzipSync(buildTar([yaml, { name: "src/svc.py", content: "import os" }])), "quarantined", "carries_code"),
    bento("a bento that climbs out", buildTar([yaml, { name: "../../x", content: "x" }]), "refused", "unsafe_path"),
    bento("a bento with a symbolic link", buildTar([yaml, { name: "models", type: "2" }]), "refused", "link_entry"),
    bento("a bento with a hard link", buildTar([yaml, { name: "models", type: "1" }]), "refused", "link_entry"),
    bento("a bento with a device", buildTar([yaml, { name: "null", type: "3" }]), "refused", "special_entry"),
    bento("two bento.yaml", buildTar([yaml, yaml]), "refused", "duplicate_names"),
    bento("a tar entry that claims 8 GB", buildTar([yaml, { name: "big", sizeBytes: 8 * 1024 ** 3 - 1 }]), "refused", "truncated"),
    bento("a tar with a wrong checksum", buildTar([{ ...yaml, breakChecksum: true }]), "refused", "malformed_tar"),
    bento("a gzip bomb", gzipSync(Buffer.concat([buildTar([{ name: "zeros", content: Buffer.alloc(150 * 1024 * 1024) }]), buildTar([yaml])])), "refused", "too_large_part"),
    bento("a YAML bomb", buildTar([{ name: "bento.yaml", content: yamlBomb() }]), "refused", "malformed_yaml"),
    bento("a truncated gzip", gzipSync(buildTar([yaml])).subarray(0, 60), "refused", "malformed_gzip"),
  ];
}

function yamlBomb(): string {
  const lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x]"];
  for (let i = 1; i < 12; i += 1) lines.push(`a${i}: &a${i} [${Array(9).fill(`*a${i - 1}`).join(",")}]`);
  return lines.join("\n");
}
