import { expect, it } from "vitest";
import { applyDeployment, keyOfObject, type ApplyContext } from "@/lib/targets/kubernetes/apply";
import type { KubeClient } from "@/lib/targets/kubernetes/client";
import { type Kind, pathOf } from "@/lib/targets/kubernetes/kinds";
import { REF, revision, settings, spec } from "@/lib/targets/kubernetes/manifests/__fixtures__/specs";
import { renderDeployment } from "@/lib/targets/kubernetes/manifests/render";
import type { KubeObject } from "@/lib/targets/kubernetes/objects";
import { SharedObjects } from "@/lib/targets/kubernetes/shared-objects";

/** Keeps what is applied, and in which order it began and ended. */
function cluster() {
  const kept = new Map<string, KubeObject>();
  const log: string[] = [];
  let uids = 0;
  const client = {
    find: async (kind: Kind, namespace: string | null, name: string) => {
      log.push(`find ${kind.kind}`);
      return kept.get(pathOf(kind, namespace, name)) ?? null;
    },
    apply: async (object: KubeObject) => {
      log.push(`begin ${object.kind} ${object.metadata.name}`);
      await new Promise<void>((done) => setImmediate(done));
      const at = pathOf({ apiVersion: object.apiVersion, kind: object.kind, plural: plural(object), namespaced: object.metadata.namespace !== undefined }, object.metadata.namespace ?? null, object.metadata.name);
      const uid = kept.get(at)?.metadata.uid ?? `uid-${++uids}`;
      const made = { ...object, metadata: { ...object.metadata, uid, resourceVersion: `${log.length}`, generation: 1 } };
      kept.set(at, made);
      log.push(`end ${object.kind} ${object.metadata.name}`);
      return made;
    },
    merge: async () => ({}), list: async () => [], delete: async () => undefined,
  } as unknown as KubeClient;
  return { client, kept, log };
}
const plural = ({ kind }: KubeObject) => (kind === "Namespace" ? "namespaces" : kind === "ConfigMap" ? "configmaps" : kind);

const contextOf = (client: KubeClient, shared?: SharedObjects): ApplyContext => ({ client, instance: settings.instance, render: (s) => renderDeployment(s, settings), digestOf: () => "digest", shared });
const one = spec([revision("onnx", "on-demand")]);
const another = { ...one, ref: { ...REF, id: "0190a000-0000-7000-8000-0000000000d2", deployment: "another" } };
const applied = (log: string[]) => log.filter((l) => l.startsWith("begin ")).map((l) => l.split(" ")[1]!);

it("what is about to be applied is written down first and what was applied last; what others need comes before them, and a route after the check of its callers", async () => {
  const { client, log } = cluster();
  await applyDeployment(contextOf(client), one);
  const at = (what: string, kind: string) => log.findIndex((l) => l.startsWith(`${what} ${kind} `));
  const kinds = applied(log);
  expect([kinds[0], kinds[1], kinds.at(-1)]).toEqual(["Namespace", "ConfigMap", "ConfigMap"]);
  for (const [first, then] of [["NetworkPolicy", "Deployment"], ["Secret", "Deployment"], ["Service", "HTTPRoute"], ["Deployment", "HorizontalPodAutoscaler"], ["SecurityPolicy", "HTTPRoute"]] as const) {
    expect(at("end", first), first).toBeGreaterThan(0);
    expect(at("begin", then), `${then} after ${first}`).toBeGreaterThan(at("end", first));
  }
  expect(new Set(kinds)).toEqual(new Set([...renderDeployment(one, settings).map((o) => o.kind), "ConfigMap"]));
});

it("a route is not applied where the check of its callers is refused", async () => {
  const { client, log } = cluster();
  const refusing = { ...client, apply: async (o: KubeObject, ...rest: never[]) => { if (o.kind === "SecurityPolicy") throw new Error("refused"); return (client.apply as (...a: unknown[]) => Promise<KubeObject>)(o, ...rest); } } as unknown as KubeClient;
  await expect(applyDeployment(contextOf(refusing), one)).rejects.toThrow("refused");
  expect(applied(log)).not.toContain("HTTPRoute");
});

it("what a namespace has in common is applied once and asked for afterwards, applied again to put things right, and in a namespace that was made anew", async () => {
  const { client, kept, log } = cluster();
  const context = contextOf(client, new SharedObjects(() => 0));
  const shared = renderDeployment(one, settings).filter((o) => !o.metadata.labels?.["slipway.dev/deployment-id"]).map((o) => keyOfObject(o.kind, o.metadata));
  const round = async (s: typeof one) => {
    log.length = 0;
    await applyDeployment(context, s);
    return log.filter((l) => l.startsWith("begin ")).map((l) => l.slice("begin ".length)).filter((l) => shared.some((key) => key.startsWith(`${l.split(" ")[0]}/`) && key.endsWith(`/${l.split(" ")[1]}`)));
  };
  expect((await round(one)).length).toBe(shared.length);
  expect(await round(another)).toEqual([]);
  // The same state again: something is not as it was applied.
  expect((await round(another)).length).toBe(shared.length);
  const [path, namespace] = [...kept].find(([, o]) => o.kind === "Namespace")!;
  kept.clear();
  kept.set(path, { ...namespace, metadata: { ...namespace.metadata, uid: "made-anew" } });
  expect((await round(one)).length).toBe(shared.length);
});
