import { expect, it } from "vitest";
import type { AppliedObject } from "@/lib/targets/kubernetes/applied-state";
import { SharedObjects } from "@/lib/targets/kubernetes/shared-objects";

const quota = (hash = "h1"): AppliedObject => ({ apiVersion: "v1", kind: "ResourceQuota", namespace: "n", name: "q", revision: null, shared: true, hash, owned: "prints" });

it("what was applied a moment ago is not applied again; other content, another namespace of that name, or half a minute, and it is", () => {
  let now = 0;
  const shared = new SharedObjects(() => now);
  expect(shared.find("uid-1", quota())).toBeNull();
  shared.note("uid-1", quota());
  expect(shared.find("uid-1", { ...quota(), owned: "" })).toEqual(quota());
  expect(shared.find("uid-1", quota("h2"))).toBeNull();
  expect(shared.find("uid-2", quota())).toBeNull();
  now = 30_000;
  expect(shared.find("uid-1", quota())).toBeNull();
});
