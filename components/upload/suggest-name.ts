const GENERIC = new Set(["model", "weights", "pytorch-model", "saved-model", "index"]);

/** A model name made of what was picked: the folder's name, or the file's without its ending; empty where neither says anything. */
export function suggestModelName(paths: readonly string[]): string {
  const first = paths[0];
  if (!first) return "";
  const folder = first.includes("/") ? first.split("/")[0]! : null;
  const name = slugify(folder ?? first.replace(/\.[^.]{1,12}$/, ""));
  return GENERIC.has(name) ? "" : name;
}

/** Lower-case letters, digits and hyphens, at most 40; what fits slugSchema, or empty. */
export function slugify(text: string): string {
  return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 40).replace(/^-+|-+$/g, "");
}
