import { Refusal } from "./refusal";

export type JsonLimits = { maxDepth: number; maxValues: number };

/**
 * Parses JSON from a file that may be hostile: nesting and the number of values are counted before anything is built from them,
 * and keys that appear twice are refused, because two readers may then see two different files.
 */
export function parseBoundedJson(bytes: Buffer, what: string, limits: JsonLimits): unknown {
  const keys = countKeys(bytes, what, limits);
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal("malformed_json", `${what} is not valid JSON. Save or upload the file again.`);
  }
  if (countParsedKeys(parsed) !== keys) throw new Refusal("duplicate_keys", `${what} names the same key twice, so readers could disagree on what it says. Save the file again.`);
  return parsed;
}

function countKeys(bytes: Buffer, what: string, limits: JsonLimits): number {
  let depth = 0;
  let values = 0;
  let keys = 0;
  let inString = false;
  for (let i = 0; i < bytes.length; i += 1) {
    const c = bytes[i];
    if (inString) {
      if (c === 0x5c) i += 1;
      else if (c === 0x22) inString = false;
    } else if (c === 0x22) inString = true;
    else if (c === 0x7b || c === 0x5b) {
      depth += 1;
      values += 1;
      if (depth > limits.maxDepth) throw new Refusal("too_deep", `${what} is nested more than ${limits.maxDepth} levels deep. Save the file again.`);
    } else if (c === 0x7d || c === 0x5d) depth -= 1;
    else if (c === 0x2c) values += 1;
    else if (c === 0x3a) keys += 1;
    if (values > limits.maxValues) throw new Refusal("too_complex", `${what} holds more than ${limits.maxValues} values. Split the model into shards.`);
  }
  return keys;
}

function countParsedKeys(root: unknown): number {
  let keys = 0;
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== "object" || value === null) continue;
    if (!Array.isArray(value)) keys += Object.keys(value).length;
    for (const child of Object.values(value)) if (typeof child === "object" && child !== null) open.push(child);
  }
  return keys;
}

/** The value as an object with string keys, or null. Own properties only: `Object.hasOwn` before reading a name the file chose. */
export function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}
