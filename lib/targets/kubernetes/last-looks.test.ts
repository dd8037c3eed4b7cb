import { describe, expect, it } from "vitest";
import type { KubeClient } from "@/lib/targets/kubernetes/client";
import type { Kind } from "@/lib/targets/kubernetes/kinds";
import { LastLooks } from "@/lib/targets/kubernetes/last-looks";
import { readPods, type ClusterState } from "@/lib/targets/kubernetes/read-cluster";

const ID = "0190a000-0000-7000-8000-000000000001";
const labels = { "slipway.dev/deployment-id": ID };
const anchor = (version: string) => ({ metadata: { name: `slipway-${ID}`, namespace: "n", uid: "u", resourceVersion: version, labels }, data: {} });
const state = (version: string): ClusterState => ({
  anchor: { namespace: "n", name: `slipway-${ID}`, uid: "u", metadata: anchor(version).metadata, state: { hash: "h", spec: {} as never, objects: [] } },
  deployments: [{ metadata: { name: "d" }, spec: { replicas: 2 } }], pods: [], autoscalers: [], routes: [], metadata: new Map(), nodeEvents: [],
});
const known = () => {
  const looks = new LastLooks();
  looks.reading([ID])(new Map([[ID, state("1")]]));
  return looks;
};

describe("what is read of a deployment is its pods alone", () => {
  it("where the watches told of pods only since the last look; each telling counts once", () => {
    const looks = known();
    expect(looks.podsOnly(ID)).toBe(false);
    looks.note(ID, true);
    looks.note(ID, true);
    expect([looks.podsOnly(ID), looks.podsOnly(ID)]).toEqual([true, false]);
  });

  it("and not where they told of more, in whatever order, nor where nothing is known", () => {
    const looks = known();
    for (const order of [[true, false], [false, true]]) {
      for (const isPod of order) looks.note(ID, isPod);
      expect(looks.podsOnly(ID)).toBe(false);
    }
    const fresh = new LastLooks();
    fresh.note(ID, true);
    expect(fresh.podsOnly(ID)).toBe(false);
  });

  it("and not after something was written, also while it was being read", () => {
    const looks = known();
    const keep = looks.reading([ID]);
    looks.change(ID);
    keep(new Map([[ID, state("1")]]));
    looks.note(ID, true);
    expect([looks.podsOnly(ID), looks.of([ID])]).toEqual([false, null]);
  });

  it("and forgets what is no longer there", () => {
    const looks = known();
    looks.reading([ID])(new Map());
    expect(looks.of([ID])).toBeNull();
  });
});

describe("reading pods alone", () => {
  const listing = (lists: Record<string, unknown[]>) => {
    const asked: string[] = [];
    const list = async (kind: Kind) => { asked.push(kind.kind); return lists[kind.kind] ?? []; };
    return { asked, client: { list } as unknown as KubeClient };
  };
  const pod = (name: string, id = ID) => ({ metadata: { name, labels: { "slipway.dev/deployment-id": id } }, spec: { containers: [] } });

  it("asks for two kinds, takes the pods as they are and the rest as it was, and nothing of other deployments", async () => {
    const { asked, client } = listing({ ConfigMap: [anchor("1")], Pod: [pod("a"), pod("b", "another")] });
    const states = await readPods(client, "t0000000", new Map([[ID, state("1")]]));
    expect(asked).toEqual(["ConfigMap", "Pod"]);
    expect([...states!.keys()]).toEqual([ID]);
    expect(states!.get(ID)!.pods.map((p) => p.metadata.name)).toEqual(["a"]);
    expect(states!.get(ID)!.deployments).toEqual(state("1").deployments);
  });

  it("answers nothing where something was applied since, or everything was taken away", async () => {
    for (const ConfigMap of [[anchor("2")], []]) expect(await readPods(listing({ ConfigMap, Pod: [pod("a")] }).client, "t0000000", new Map([[ID, state("1")]]))).toBeNull();
  });
});
