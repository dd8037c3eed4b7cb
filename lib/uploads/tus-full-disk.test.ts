import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mayMount } from "@/e2e/may-mount";
import { idOf, sha, TusRig } from "@/lib/uploads/__fixtures__/tus-rig";

let rig: TusRig;
beforeEach(async () => { rig = await TusRig.start(); });
afterEach(() => rig.stop());

describe("uploads on a disk that is full", () => {
  it.runIf(mayMount())("answer 507 on a full disk, and go on from there once there is room", async () => {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", rig.root]);
    try {
      const data = randomBytes(6_000_000);
      const url = await rig.begin(data.length);
      const refused = await rig.patch(url, 0, data);
      expect([refused.status, (await refused.json()).code]).toEqual([507, "disk_full"]);
      execFileSync("mount", ["-o", "remount,size=16m", rig.root]);
      const offset = await rig.offsetOf(url);
      expect(offset).toBeGreaterThan(1_000_000);
      expect((await rig.patch(url, offset, data.subarray(offset))).status).toBe(204);
      expect(rig.registry.rows.get(idOf(url))?.finished?.sha256).toBe(sha(data));
    } finally {
      execFileSync("umount", [rig.root]);
    }
  });
});
