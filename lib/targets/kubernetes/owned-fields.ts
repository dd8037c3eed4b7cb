import { createHash } from "node:crypto";
import { FIELD_MANAGER } from "@/lib/targets/kubernetes/labels";
import type { FieldsV1, ManagedFields, Metadata } from "@/lib/targets/kubernetes/objects";

/** The fields a set names, one readable path each: `.spec.template.spec.containers[name="server"].image`. */
export function fieldPaths(fields: FieldsV1 | undefined): string[] {
  const found: string[] = [];
  const walk = (at: FieldsV1, path: string) => {
    const below = Object.entries(at).filter(([key]) => key !== ".");
    if (below.length === 0 && path !== "") found.push(path);
    for (const [key, next] of below) walk(next, path + step(key));
  };
  walk(fields ?? {}, "");
  return found.sort();
}

function step(key: string): string {
  const text = key.slice(2);
  if (key.startsWith("f:")) return /^[\w-]+$/.test(text) ? `.${text}` : `[${JSON.stringify(text)}]`;
  if (key.startsWith("k:")) return `[${Object.entries(JSON.parse(text) as Record<string, unknown>).map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(",")}]`;
  return `[${text}]`;
}

const own = (metadata: Metadata) => metadata.managedFields?.find((m) => m.manager === FIELD_MANAGER && m.operation === "Apply" && !m.subresource)?.fieldsV1;

/** Four bytes a path: enough to recognise one, small enough to keep for every object. */
const print = (path: string) => createHash("sha256").update(path).digest().readUInt32BE(0);

/** What Slipway owns of an object, as it is kept to hold later states against: sorted prints of the paths, base64. */
export function ownedPrints(metadata: Metadata): string {
  const prints = Uint32Array.from(fieldPaths(own(metadata)).map(print)).sort();
  const bytes = Buffer.alloc(prints.length * 4);
  prints.forEach((p, i) => bytes.writeUInt32BE(p, i * 4));
  return bytes.toString("base64");
}

export type LostFields = { /** Fields that others have taken, by who did. */ taken: { manager: string; field: string }[]; /** Fields that nobody has any more, whose names are not kept. */ removed: number };

/** What Slipway owned when it applied and no longer does; null: nothing is lost. */
export function lostFields(metadata: Metadata, kept: string): LostFields | null {
  if (ownedPrints(metadata) === kept) return null;
  const bytes = Buffer.from(kept, "base64");
  const before = new Set(Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readUInt32BE(i * 4)));
  for (const path of fieldPaths(own(metadata))) before.delete(print(path));
  if (before.size === 0) return null;
  const taken = others(metadata).flatMap((m) => fieldPaths(m.fieldsV1).flatMap((field) => (before.delete(print(field)) ? [{ manager: m.manager, field }] : [])));
  return { taken, removed: before.size };
}

const others = (metadata: Metadata): ManagedFields[] => (metadata.managedFields ?? []).filter((m) => m.manager !== FIELD_MANAGER || m.operation !== "Apply");
