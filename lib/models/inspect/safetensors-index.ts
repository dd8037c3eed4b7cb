import { asRecord } from "./bounded-json";
import { whyNotPlainSibling } from "./onnx-external";
import { plainText } from "./plain-text";
import { Refusal } from "./refusal";
import type { SafetensorsReading } from "./safetensors";
import { readJsonFile } from "./set-config";
import type { ReadableFile } from "./types";

const MAX_INDEX_BYTES = 16 * 1024 * 1024;

/** Holds model.safetensors.index.json against the shards: every tensor it names must be in the shard it says, and that shard in the set. */
export async function checkSafetensorsIndex(index: ReadableFile, shards: SafetensorsReading[]): Promise<void> {
  const json = await readJsonFile(index, MAX_INDEX_BYTES, 600_000);
  const weightMap = Object.hasOwn(json, "weight_map") ? asRecord(json.weight_map) : null;
  if (!weightMap) throw new Refusal("malformed_json", "The safetensors index has no weight_map. Save the model again.", index.path);
  const folder = index.path.includes("/") ? index.path.slice(0, index.path.lastIndexOf("/") + 1) : "";
  const byPath = new Map(shards.map((shard) => [shard.path, shard]));
  for (const [tensor, shardName] of Object.entries(weightMap)) {
    const why = typeof shardName === "string" ? whyNotPlainSibling(shardName) : "is not text";
    if (why) throw new Refusal("unsafe_path", `The safetensors index names a shard that ${why}. Save the model again.`, index.path);
    const shard = byPath.get(folder + String(shardName));
    if (!shard) throw new Refusal("shard_missing", `The index names "${plainText(String(shardName))}", which is not in the set or not a safetensors file. Upload the complete folder.`, index.path);
    if (!shard.tensorNames.has(tensor)) throw new Refusal("shard_mismatch", `The index says that "${plainText(tensor)}" is in "${plainText(String(shardName))}", but it is not. Upload shards of one and the same save.`, index.path);
  }
}
