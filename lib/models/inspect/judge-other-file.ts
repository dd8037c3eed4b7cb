import { checkChatTemplate } from "./chat-template";
import type { Kind } from "./classify";
import { Refusal } from "./refusal";
import type { InspectionFinding, ReadableFile } from "./types";

const CODE_NAMES = /\.(py|pyc|pyo|pyd|pyw|pyx|so|dll|dylib|exe|sh|bash|zsh|bat|cmd|ps1|js|mjs|cjs|ts|rb|pl|lua|php|jar|class|whl|egg|ipynb|wasm|node|scala|java|r)$|\.so\.\d+/i;
const MODEL_NAMES = /\.(onnx|safetensors|gguf|mar|bento|pt|pth|pkl|pickle|joblib)$/i;
const MAX_TEMPLATE_BYTES = 1024 * 1024;

/** Findings on a file that no model reader took: is it fine beside a model, code, or something nobody can vouch for? */
export async function judgeOtherFile(file: ReadableFile, kind: Kind): Promise<{ findings: InspectionFinding[]; carriesCode: boolean }> {
  const { path } = file;
  const code = (message: string) => ({ carriesCode: true, findings: [{ severity: "warning" as const, code: "carries_code", path, message }] });
  if (kind === "lfs-pointer") throw new Refusal("lfs_pointer", "This is a Git LFS pointer, not the file itself. Run `git lfs pull` and upload again.");
  if (kind === "html" && MODEL_NAMES.test(path)) throw new Refusal("web_page", "This is a web page, not a model: the download it came from probably asked to sign in. Download it again and check its size.");
  if (kind === "native") return code("This is a compiled program or library. Remove it, or have a platform person approve the set.");
  if (kind === "script" || CODE_NAMES.test(path)) return code("This file is program code. Remove it, or have a platform person approve the set.");
  if (kind === "zip" || kind === "tar" || kind === "gzip" || kind === "zlib") return code("This archive is not a model format that is known here, and it could hold code. Upload what is in it instead.");
  if (kind === "hdf5") return code("This is an HDF5 file, as Keras writes: it can carry code in Lambda layers. Export the model to ONNX.");
  if (MODEL_NAMES.test(path)) throw new Refusal("not_what_it_says", `The file is named like a model, but its content is ${kind === "empty" ? "empty" : kind === "text" ? "plain text" : "in no format that can be read"}. Upload the exported model itself.`);
  if (kind === "binary") return { carriesCode: false, findings: [{ severity: "warning", code: "unknown_binary", path, message: "This file is binary and in no format that is known here; it was stored but not checked. Remove it if the model does not need it." }] };
  if (/(^|\/)chat_template\.jinja2?$/.test(path)) {
    if (file.sizeBytes > MAX_TEMPLATE_BYTES) throw new Refusal("too_large_part", "The chat template is larger than 1 MB. Replace it with the template of the original model.");
    const finding = checkChatTemplate((await file.read(0, file.sizeBytes)).toString("utf8"), path);
    return { carriesCode: finding.severity === "danger", findings: [finding] };
  }
  return { carriesCode: false, findings: [] };
}

/** A finding when a name promises another format than the content has; null when they agree or the name promises nothing. */
export function extensionFinding(path: string, format: string): InspectionFinding | null {
  const extension = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? "";
  const promised: Record<string, string[]> = {
    onnx: ["onnx"], safetensors: ["safetensors"], gguf: ["gguf"], mar: ["mar"], bento: ["bento"], pt: ["pytorch", "pickle"], pth: ["pytorch", "pickle"],
    bin: ["pytorch", "pickle"], pkl: ["pickle", "pytorch"], pickle: ["pickle", "pytorch"], joblib: ["pickle"],
    json: [], txt: [], md: [], yaml: [], yml: [], csv: [], h5: [], keras: [], tflite: [], pb: [], png: [], jpg: [],
  };
  const formats = Object.hasOwn(promised, extension) ? promised[extension] : undefined;
  if (!formats || formats.includes(format)) return null;
  return { severity: "warning", code: "extension_disagrees", path, message: `The file is named .${extension}, but its content is ${format}; it is treated as what it is.` };
}
