import { expect, test } from "vitest";
import { pickReplica } from "./pick-replica";

const r = (name: string, outstanding: number, state = "ready") => ({ name, outstanding, state });

test("the replica with the fewest requests, never one that does not serve", () => {
  const pools = [{ weight: 100, replicas: [r("busy", 3), r("idle", 1), r("loading", 0, "loading"), r("draining", 0, "draining")] }];
  expect(pickReplica(pools, null, () => 0.99)?.name).toBe("idle");
});

test("a revision by weight; one of weight 0 gets nothing while another serves", () => {
  const pools = [{ weight: 0, replicas: [r("none", 0)] }, { weight: 75, replicas: [r("a", 9)] }, { weight: 25, replicas: [r("b", 0)] }];
  const at = (x: number) => pickReplica(pools, null, () => x)?.name;
  expect([at(0), at(0.74), at(0.76), at(0.999)]).toEqual(["a", "a", "b", "b"]);
});

test("where the revision with the weight cannot serve, the others do", () => {
  const pools = [{ weight: 0, replicas: [r("old", 0)] }, { weight: 100, replicas: [r("new", 0, "starting")] }];
  expect(pickReplica(pools, null, () => 0.5)?.name).toBe("old");
});

test("a second try goes to another replica, or nowhere", () => {
  const lost = r("lost", 0);
  expect(pickReplica([{ weight: 100, replicas: [lost, r("other", 5)] }], lost, () => 0)?.name).toBe("other");
  expect(pickReplica([{ weight: 100, replicas: [lost] }], lost, () => 0)).toBeNull();
});
