import { expect } from "vitest";
import { buildControlPlane } from "@/e2e/cluster/build";
import { ControlPlane } from "@/e2e/cluster/control-plane";
import { eventually } from "@/e2e/cluster/eventually";
import { makeTarget, settingsOf } from "@/e2e/cluster/make-target";
import { revisionOf, specOf } from "@/e2e/cluster/specs";
import { kwokTest } from "@/e2e/cluster/under-test";
import { namespaceName, revisionName } from "@/lib/targets/kubernetes/names";
import { specHash } from "@/lib/targets/spec-hash";

kwokTest("watches that were cut by a killed API server and then answered 410 lose no change, and tell of later ones", async () => {
  const plane = await ControlPlane.start(await buildControlPlane(() => undefined));
  const settings = settingsOf();
  const target = makeTarget(plane.kubeconfig(), settings);
  try {
    const spec = specOf([revisionOf(1)]);
    const settle = () => eventually(async () => {
      const o = await target.observe(spec.ref);
      if (o.exists && o.specHash === specHash(spec) && o.revisions[0]?.ready === 1) return;
      if (!o.exists || o.specHash !== specHash(spec)) await target.apply(spec);
      throw new Error(`not settled: ${JSON.stringify(o)}`);
    });
    await settle();
    let cursor: string | null = null;
    /** As the worker asks: from where it was told to go on; where it cannot be told, everything is looked at. */
    const ask = async () => {
      const answer = await target.changes(cursor);
      cursor = answer.cursor;
      if (answer.ids === null) await target.observeAll();
      return answer.ids;
    };
    await eventually(async () => expect(await ask()).toEqual([]));
    const { expired, connects } = { ...target.watch.stats };

    await plane.restartApiserver();
    const named = [revisionName(spec.ref, 1), "-n", namespaceName(spec.ref, settings)];
    plane.kubectl(["delete", "service", ...named]);
    await eventually(async () => {
      const ids = await ask();
      expect(ids === null || ids.includes(spec.ref.id)).toBe(true);
    });
    await eventually(() => expect(target.watch.stats.expired).toBeGreaterThan(expired));
    expect(target.watch.stats.connects).toBeGreaterThan(connects);
    await settle();

    // Each kind's watch comes back in its own time, the last after up to half a minute of back-off. One that comes back just when something is
    // deleted says "look at everything" in place of what it was: then it is tried again.
    await eventually(async () => {
      await settle();
      let quiet = 0;
      await eventually(async () => {
        quiet = (await ask())?.length === 0 ? quiet + 1 : 0;
        expect(quiet).toBeGreaterThan(25);
      });
      plane.kubectl(["delete", "service", ...named]);
      let ids: string[] | null = [];
      await eventually(async () => expect((ids = await ask())).not.toEqual([]));
      expect(ids).toEqual([spec.ref.id]);
    }, 400);
    await settle();
  } finally {
    target.close();
    await plane.stop();
  }
});
