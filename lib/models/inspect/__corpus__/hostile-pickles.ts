import { gzipSync } from "node:zlib";
import { ARGUMENT, callGlobal, callStackGlobal, GLOBAL, latin, MEMOIZE, pickle, PROTO, REDUCE, STACK_GLOBAL, STOP, STR } from "./build-pickles";
import { buildLinearModel } from "@/lib/samples/build-onnx";
import type { HostileSet } from "./hostile";

const one = (name: string, path: string, bytes: Uint8Array, verdict: HostileSet["verdict"], code: string): HostileSet => ({ name, files: { [path]: bytes }, verdict, code });
const clean = pickle(PROTO(2), latin("}."));

export function hostilePickles(): HostileSet[] {
  return [
    one("os.system by GLOBAL", "model.pkl", callGlobal("os", "system", "id"), "refused", "hostile_import"),
    one("posix.system by STACK_GLOBAL", "model.pkl", callStackGlobal("posix", "system", "id"), "refused", "hostile_import"),
    one("builtins.eval", "model.pkl", callStackGlobal("builtins", "eval", "1"), "refused", "hostile_import"),
    one("a dotted name that walks to globals", "model.pkl", callStackGlobal("collections", "OrderedDict.__init__.__globals__"), "refused", "hostile_import"),
    one("protocol 0 text pickle without a header", "model.pkl", latin("cos\nsystem\n(S'id'\ntR."), "refused", "hostile_import"),
    one("INST instead of GLOBAL", "model.pkl", latin("(S'id'\nios\nsystem\n."), "refused", "hostile_import"),
    one("OBJ with a class on the stack", "model.pkl", pickle(PROTO(1), latin("("), GLOBAL("subprocess", "Popen"), latin("S'id'\no.")), "refused", "hostile_import"),
    one("NEWOBJ", "model.pkl", pickle(PROTO(2), GLOBAL("subprocess", "Popen"), ARGUMENT("id"), latin("\x81.")), "refused", "hostile_import"),
    one("a text pickle named as a vocabulary beside a sound model", "vocab.txt", latin("cos\nsystem\n(S'id'\ntR."), "refused", "hostile_import"),
    one("wrong extension: a pickle named .onnx", "model.onnx", callGlobal("os", "system"), "refused", "hostile_import"),
    one("wrong extension: a pickle named .safetensors", "model.safetensors", clean, "quarantined", "extension_disagrees"),
    one("a gadget on nobody's deny-list", "model.pkl", callStackGlobal("cgitb", "lookup"), "quarantined", "unlisted_import"),
    one("another unlisted gadget", "model.pkl", callGlobal("numpy.testing._private.utils", "run_threaded"), "quarantined", "unlisted_import"),
    one("a nested pickle loaded from bytes", "model.pkl", callGlobal("torch.storage", "_load_from_bytes"), "quarantined", "unlisted_import"),
    one("pip.main", "model.pkl", callGlobal("pip", "main"), "refused", "hostile_import"),
    one("importlib.import_module", "model.pkl", callStackGlobal("importlib", "import_module"), "refused", "hostile_import"),
    one("runpy", "model.pkl", callStackGlobal("runpy", "_run_code"), "refused", "hostile_import"),
    one("EXT1, an import by number", "model.pkl", pickle(PROTO(2), Buffer.from([0x82, 1]), STOP), "refused", "unknown_opcode"),
    one("EXT4, an import by number", "model.pkl", pickle(PROTO(2), Buffer.from([0x84, 1, 0, 0, 0]), STOP), "refused", "unknown_opcode"),
    one("an unknown opcode", "model.pkl", pickle(PROTO(4), Buffer.from([0xff]), STOP), "refused", "unknown_opcode"),
    one("an out-of-band buffer", "model.pkl", pickle(PROTO(5), Buffer.from([0x97]), STOP), "refused", "unknown_opcode"),
    one("STACK_GLOBAL whose name was computed", "model.pkl", pickle(PROTO(4), STR("os"), latin("N"), STACK_GLOBAL, ARGUMENT("id"), REDUCE, STOP), "refused", "unresolved_import"),
    one("STACK_GLOBAL whose names a POP hides", "model.pkl", pickle(PROTO(4), STR("os"), STR("system"), STR("decoy"), latin("0"), STACK_GLOBAL, ARGUMENT("id"), REDUCE, STOP), "refused", "hostile_import"),
    one("STACK_GLOBAL through the memo", "model.pkl", pickle(PROTO(4), STR("system"), MEMOIZE, latin("0"), STR("os"), latin("h\x00"), STACK_GLOBAL, ARGUMENT("id"), REDUCE, STOP), "refused", "hostile_import"),
    one("STACK_GLOBAL through a DUP", "model.pkl", pickle(PROTO(4), STR("pty"), latin("2"), STACK_GLOBAL, STOP), "refused", "hostile_import"),
    one("a truncated stream", "model.pkl", callGlobal("collections", "OrderedDict").subarray(0, 20), "refused", "truncated"),
    one("a second pickle after STOP", "model.pkl", pickle(clean, callGlobal("os", "system")), "refused", "data_after_stop"),
    one("a stack that runs dry", "model.pkl", pickle(PROTO(2), latin("RRR.")), "refused", "malformed_pickle"),
    one("a string that claims 2^63 bytes", "model.pkl", pickle(PROTO(4), Buffer.from("8dffffffffffffff7f", "hex"), STOP), "refused", "truncated"),
    one("joblib with raw arrays between instructions", "model.joblib", pickle(PROTO(4), STR("joblib.numpy_pickle"), STR("NumpyArrayWrapper"), STACK_GLOBAL, latin(")\x81}b"), Buffer.alloc(256, 0xee)), "quarantined", "cannot_be_verified"),
    one("joblib that imports os before its arrays", "model.joblib", pickle(PROTO(4), GLOBAL("os", "system"), STR("joblib.numpy_pickle"), STR("NumpyArrayWrapper"), STACK_GLOBAL, Buffer.alloc(64, 0xee)), "refused", "hostile_import"),
    one("a compressed pickle", "model.joblib", gzipSync(callGlobal("os", "system")), "quarantined", "cannot_be_verified"),
    one("an older torch.save whose third pickle is hostile", "model.pt", pickle(PROTO(2), Buffer.from("8a0a6cfc9c46f9206aa85019", "hex"), STOP, PROTO(2), latin("M\xe9\x03."), callGlobal("os", "system")), "refused", "hostile_import"),
    one("a million marks", "model.pkl", pickle(PROTO(2), Buffer.alloc(4_000_000, 0x28), STOP), "quarantined", "cannot_be_verified"),
    one("millions of memo entries", "model.pkl", memoFlood(), "quarantined", "cannot_be_verified"),
    one("fifty million instructions", "model.pkl", pickle(PROTO(2), Buffer.alloc(50_000_000, Buffer.from("N0")), latin("N.")), "refused", "too_complex"),
    one("thousands of imports of endless names", "model.pkl", pickle(PROTO(2), GLOBAL("m".repeat(3_000), "n"), STOP), "refused", "malformed_pickle"),
    { name: "a pickle of protocol 4 without its header, as an unknown binary beside a sound model", files: { "model.onnx": buildLinearModel({ inputs: 2, outputs: 2 }), "weights.dat": callStackGlobal("os", "system").subarray(2) }, verdict: "refused", code: "hostile_import" },
    { name: "a clean pickle beside a sound ONNX model", files: { "model.onnx": buildLinearModel({ inputs: 2, outputs: 2 }), "extra.pkl": clean }, verdict: "quarantined", code: "carries_code" },
    { name: "a pickle that poses as JSON beside a sound ONNX model", files: { "model.onnx": buildLinearModel({ inputs: 2, outputs: 2 }), "config.json": callGlobal("os", "system") }, verdict: "refused", code: "hostile_import" },
  ];
}

function memoFlood(): Buffer {
  const remembered = Buffer.from([0x8c, 1, 0x61, 0x94, 0x30]);
  return pickle(PROTO(4), Buffer.alloc(remembered.length * 400_000, remembered), latin("N."));
}
