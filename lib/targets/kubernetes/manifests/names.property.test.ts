import fc from "fast-check";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { revision, SERVED, settings, spec } from "./__fixtures__/specs";
import { renderDeployment } from "./render";
import { toYaml } from "./to-yaml";

/** Text as an attacker would choose it: any Unicode, and what means something to YAML, JSON, shells, paths, regular expressions. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 80 }), fc.string({ maxLength: 80 }),
  fc.constantFrom("a: b", "---\nkind: Pod", "x\n---\n", "{{ .Values }}", "$(cat /etc/passwd)", "../../etc", "`id`", "' or 1", '"}]}', "!!js/function", "&a *a", "%TAG ! x", "\u2028", "\u0000", "null", "yes", "0x10", "1e3", "-", ".", "", "é".repeat(63), "ＡＢＣ", "a".repeat(300), "--privileged", "@2", "*"),
);
const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;
const SERVICE = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const expectedKinds = (name: string) => renderDeployment(spec([revision(name, "spot")]), settings).map((o) => o.kind);
const keysOf = (name: string) => renderDeployment(spec([revision(name, "spot")]), settings).map((o) => shape(o));

/** Every path of keys an object has, whatever its values; what users name themselves (variables, keys of secrets) left out. */
function shape(value: unknown, at = ""): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((v) => shape(v, `${at}[]`)))].sort();
  if (typeof value !== "object" || value === null) return [at];
  if (/Secret.*data$/.test(at)) return [at];
  return Object.entries(value).flatMap(([k, v]) => shape(v, `${at}.${k}`)).sort();
}

test.each(Object.keys(SERVED))("%s: whatever the names are, each document is exactly one object of the kind that is due, with valid names and labels and no further key", (name) => {
  const kinds = expectedKinds(name);
  const keys = keysOf(name);
  fc.assert(fc.property(text, text, text, text, text, text, (project, deployment, model, environment, value, path) => {
    const base = revision(name, "spot");
    const files = base.files.map((f, i) => (/config\.pbtxt$|config\.json$|tokenizer/.test(f.path) ? f : { ...f, path: `${path}${i}${f.path.slice(f.path.lastIndexOf("."))}` }));
    const s = spec([{ ...base, model, files, env: { LOG_LEVEL: value, PRICE: "x" }, secrets: { API_KEY: value } }]);
    const objects = renderDeployment({ ...s, ref: { ...s.ref, project, deployment }, cluster: { ...s.cluster!, environment } }, settings);
    const documents = parseAllDocuments(toYaml(objects));
    expect(documents.every((d) => "errors" in d && d.errors.length === 0)).toBe(true);
    const parsed = documents.map((d) => d.toJS() as typeof objects[number]);
    expect(parsed).toEqual(objects);
    expect(parsed.map((o) => o.kind)).toEqual(kinds);
    expect(parsed.map((o) => shape(o))).toEqual(keys);
    for (const o of parsed) {
      expect(o.metadata.name).toMatch(o.kind === "Service" ? SERVICE : DNS_LABEL);
      expect(o.metadata.namespace ?? "x").toMatch(DNS_LABEL);
      for (const [key, label] of Object.entries(o.metadata.labels)) expect([key, label]).toEqual([key, expect.stringMatching(LABEL_VALUE)]);
    }
    const deployments = parsed.filter((o) => o.kind === "Deployment").map((o) => (o.spec as { template: { metadata: object; spec: { containers: { args?: string[] }[] } } }).template);
    for (const template of deployments) {
      // No text of a user's in annotations or arguments, but for slugs and hashes.
      for (const argument of template.spec.containers.flatMap((c) => c.args ?? [])) expect(argument).toMatch(/^[A-Za-z0-9./:=_-]+$/);
      expect(JSON.stringify(template.metadata)).toMatch(/^[\x20-\x7e]+$/);
    }
  }), { numRuns: 40 });
});
