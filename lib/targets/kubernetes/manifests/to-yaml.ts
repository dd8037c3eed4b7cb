import { stringify } from "yaml";
import type { Manifest } from "./manifest";

/** One document an object, in the order they are to be applied. */
export function toYaml(objects: readonly Manifest[]): string {
  return objects.map((o) => stringify(o, { lineWidth: 0, aliasDuplicateObjects: false })).join("---\n");
}

/** Data of Secrets left out, so that it can be shown: the names of the keys stay. */
export function withoutSecrets(objects: readonly Manifest[]): Manifest[] {
  return objects.map((o) => (o.kind === "Secret" ? { ...o, data: Object.fromEntries(Object.keys(o.data as object).map((key) => [key, ""])) } : o));
}
