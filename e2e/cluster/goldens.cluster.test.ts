import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { eventually } from "@/e2e/cluster/eventually";
import { kubectl, kubectlJson } from "@/e2e/cluster/under-test";

// The rendered objects against the API server's own schemas and admission: what it would refuse, or quietly leave out, shows here.
type Object_ = { apiVersion: string; kind: string; metadata: { name: string; namespace?: string; labels?: Record<string, string> }; [field: string]: unknown };
const GOLDEN = path.resolve(import.meta.dirname, "../../lib/targets/kubernetes/manifests/__golden__");
const files = readdirSync(GOLDEN).filter((name) => name.endsWith(".yaml"));
const objectsOf = (file: string) => parseAllDocuments(readFileSync(path.join(GOLDEN, file), "utf8")).map((d) => d.toJS() as Object_);
/** Their definitions are not in a cluster that lacks the product; nothing can be said of them there. */
let served: Set<string>;

beforeAll(async () => {
  served = new Set(kubectl(["api-resources", "--no-headers"]).split("\n").map((line) => line.trim().split(/\s+/)).map((c) => `${c.at(-3)} ${c.at(-1)}`));
  const namespaces = new Map(files.flatMap(objectsOf).filter((o) => o.kind === "Namespace").map((o) => [o.metadata.name, o]));
  for (const namespace of namespaces.values()) kubectl(["apply", "--server-side", "--field-manager", "goldens", "-f", "-"], namespace);
  await eventually(() => { for (const name of namespaces.keys()) expect(kubectlJson<{ status: { phase: string } }>(["get", "namespace", name]).status.phase).toBe("Active"); });
  return () => { for (const name of namespaces.keys()) kubectl(["delete", "namespace", name, "--wait=false"]); };
});

test("every golden file is read", () => expect(files.length).toBeGreaterThanOrEqual(32));

describe.each(files)("%s", (file) => {
  test("the API server takes every object, and keeps every field it was given", () => {
    const objects = objectsOf(file);
    const here = objects.filter((o) => served.has(`${o.apiVersion} ${o.kind}`));
    // What the suite's own cluster does not serve is named, so that nothing is left out by accident. A reader's cluster may lack any add-on.
    const absent = [...new Set(objects.filter((o) => !here.includes(o)).map((o) => o.kind))];
    if (inject("cluster").own) expect(absent.filter((kind) => kind !== "NodeClass")).toEqual([]);
    else if (absent.length > 0) console.info(`${file}: left out, since your cluster has no definition of them: ${absent.join(", ")}`);
    if (here.length === 0) return;
    const answer = JSON.parse(kubectl(["apply", "--server-side", "--dry-run=server", "--validate=strict", "--field-manager", "goldens", "--force-conflicts", "-o", "json", "-f", "-"], { apiVersion: "v1", kind: "List", items: here })) as { items?: Object_[] } & Object_;
    const items = answer.items ?? [answer];
    expect(items).toHaveLength(here.length);
    for (const [i, sent] of here.entries()) expect(missing(sent, items[i]!, sent.kind)).toEqual([]);
  });

  test("Pod Security of the namespace lets the pods in", () => {
    for (const o of objectsOf(file).filter((x) => x.kind === "Deployment")) {
      const { metadata, spec } = (o.spec as { template: { metadata: object; spec: object } }).template;
      const pod = { apiVersion: "v1", kind: "Pod", metadata: { ...metadata, name: "golden", namespace: o.metadata.namespace }, spec: { ...spec, serviceAccountName: "default" } };
      expect(kubectl(["create", "--dry-run=server", "-o", "name", "-f", "-"], pod).trim()).toBe("pod/golden");
    }
  });
});

/** Paths that were sent and are not in the answer, or changed. Quantities are compared as they are written by the server. */
function missing(sent: unknown, got: unknown, at: string): string[] {
  if (Array.isArray(sent)) return sent.flatMap((v, i) => missing(v, (got as unknown[] | undefined)?.[i], `${at}[${i}]`));
  if (typeof sent === "object" && sent !== null) return Object.entries(sent).flatMap(([k, v]) => missing(v, (got as Record<string, unknown> | undefined)?.[k], `${at}.${k}`));
  if (sent === got || (typeof sent === "string" && typeof got === "string" && quantity(sent) !== null && quantity(sent) === quantity(got))) return [];
  // Empty and absent are the same to the API.
  return (sent === "" || sent === false || sent === 0) && got === undefined ? [] : [`${at}: ${JSON.stringify(sent)} became ${JSON.stringify(got)}`];
}

const UNITS: Record<string, number> = { "": 1, m: 1e-3, k: 1000, Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3, Ti: 1024 ** 4 };
function quantity(text: string): number | null {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)(m|k|Ki|Mi|Gi|Ti)?$/.exec(text) ?? [];
  return number === undefined ? null : Number(number) * UNITS[unit]!;
}
