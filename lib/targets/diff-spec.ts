import { canonicalJson } from "@/lib/targets/spec-hash";
import type { DeploymentSpec, Diff } from "@/lib/targets/target";

/**
 * What differs between two specs, one entry a leaf, by dotted path; revisions are matched by number. Values of secrets are never
 * in it: they show as "[secret]", and as "[secret, changed]" where they differ. `from` is null when nothing was there.
 */
export function diffSpec(from: DeploymentSpec | null, to: DeploymentSpec): Diff {
  const changes: Diff["changes"] = [];
  walk(from === null ? undefined : readable(from), readable(to), "", changes);
  return { changes };
}

function readable(spec: DeploymentSpec): unknown {
  return { ...spec, revisions: Object.fromEntries(spec.revisions.map((r) => [r.n, { ...r, files: Object.fromEntries(r.files.map((f) => [f.path, f])) }])) };
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
