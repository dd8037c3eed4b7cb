import type { OnnxTensor } from "./onnx-tensor";
import { plainText } from "./plain-text";
import { Refusal } from "./refusal";

/** Why a name from a model file is not the plain name of a file beside it; null when it is. */
export function whyNotPlainSibling(location: string): string | null {
  if (location === "") return "is empty";
  if (location.length > 255) return "is longer than 255 characters";
  if (/[\u0000-\u001f\u007f]/.test(location)) return "contains control characters";
  if (location.includes("/") || location.includes("\\")) return "is a path, not a name";
  if (location === "." || location === "..") return "points to a folder";
  if (location.includes(":")) return "contains a colon";
  if (location.trim() !== location) return "begins or ends with a space";
  return null;
}

/**
 * Checks where a tensor says its bytes lie: a plain sibling in the same set that is long enough. Returns the sibling's path in the set.
 * `siblings` maps path in the set -> size in bytes. Every other location is refused: following one would let a model read (or, in some tools, write) files of the server.
 */
export function checkExternalData(tensor: OnnxTensor, modelPath: string, siblings: ReadonlyMap<string, number>): string {
  const { location, offset, length } = tensor.external ?? { location: "", offset: "", length: "" };
  const label = plainText(tensor.name || "(without a name)");
  const why = whyNotPlainSibling(location);
  if (why) {
    throw new Refusal("external_data", `Tensor "${label}" keeps its data in "${plainText(location)}", a location that ${why}. Only a file right beside the model is allowed: save the model with its weights in one sibling file.`);
  }
  const folder = modelPath.includes("/") ? modelPath.slice(0, modelPath.lastIndexOf("/") + 1) : "";
  const path = folder + location;
  if (path === modelPath) throw new Refusal("external_data", `Tensor "${label}" names the model file itself as its external data. Save the model again.`);
  const size = siblings.get(path);
  if (size === undefined) {
    throw new Refusal("external_data_missing", `The model's weights are in "${plainText(location)}", which was not uploaded with it. Upload the folder that holds both files.`);
  }
  const from = decimal(offset, label);
  const declared = length === "" ? tensor.sizeBytes : decimal(length, label);
  if (tensor.native !== "STRING" && declared !== tensor.sizeBytes) {
    throw new Refusal("size_mismatch", `Tensor "${label}" should hold ${tensor.sizeBytes} bytes by its shape and type, but its external entry says ${declared}. Save the model again.`);
  }
  if (from + declared > BigInt(size)) {
    throw new Refusal("external_data_range", `Tensor "${label}" wants bytes ${from} to ${from + declared} of "${plainText(location)}", which has ${size}. Upload the complete weights file.`);
  }
  return path;
}

function decimal(text: string, label: string): bigint {
  if (text === "") return 0n;
  if (!/^\d{1,18}$/.test(text)) throw new Refusal("external_data_range", `Tensor "${label}" has an external offset or length that is not a plain number. Save the model again.`);
  return BigInt(text);
}
