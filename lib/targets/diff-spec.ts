import { canonicalJson } from "@/lib/targets/spec-hash";
import type { ArtifactFile, DeploymentSpec, Diff, RevisionSpec } from "@/lib/targets/target";

/**
 * What differs between two specs, one entry a leaf, by dotted path; revisions are matched by number. Values of secrets are never
 * in it: they show as "[secret]", and as "[secret, changed]" where they differ. `from` is null when nothing was there.
 */
export function diffSpec(from: AnySpec | null, to: AnySpec): Diff {
  const changes: Diff["changes"] = [];
  walk(from === null ? undefined : readable(from), readable(to), "", changes);
  return { changes };
}

/** A spec, or one in which something shorter stands for each list of files. */
type AnySpec = Omit<DeploymentSpec, "revisions"> & { revisions: (Omit<RevisionSpec, "files"> & { files: ArtifactFile[] | object })[] };

function readable(spec: AnySpec): unknown {
  return { ...spec, revisions: Object.fromEntries(spec.revisions.map((r) => [r.n, { ...r, files: Array.isArray(r.files) ? Object.fromEntries((r.files as ArtifactFile[]).map((f) => [f.path, f])) : r.files }])) };
}

const SECRET = /^(revisions\.\d+\.(secrets\.|cluster\.pullSecret$)|cluster\.artifactToken$)/;

const isObject = (v: unknown): v is Record<string, unknown> => typeof v === "object" && v !== null && !Array.isArray(v);

function walk(from: unknown, to: unknown, path: string, changes: Diff["changes"]): void {
  if (isObject(from) || isObject(to)) {
    const a = isObject(from) ? from : {};
    const b = isObject(to) ? to : {};
    for (const key of [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()) walk(a[key], b[key], path === "" ? key : `${path}.${key}`, changes);
    return;
  }
  if (canonicalJson(from ?? null) === canonicalJson(to ?? null)) return;
  if (SECRET.test(path)) {
    changes.push({ path, from: from === undefined ? null : "[secret]", to: to === undefined ? null : from === undefined ? "[secret]" : "[secret, changed]" });
    return;
  }
  changes.push({ path, from: from ?? null, to: to ?? null });
}
