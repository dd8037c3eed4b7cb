import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { idOf, sha, TusRig } from "@/lib/uploads/__fixtures__/tus-rig";

let rig: TusRig;
beforeEach(async () => { rig = await TusRig.start(); });
afterEach(() => rig.stop());

describe("uploads on a disk that is full", () => {
  // Only root may mount a small file system, and not in every container.
  const mayMount = process.platform === "linux" && process.getuid?.() === 0 && (() => {
    const probe = mkdtempSync(path.join(os.tmpdir(), "mount-probe-"));
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", probe], { stdio: "ignore" });
      execFileSync("umount", [probe], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    } finally {
      rmSync(probe, { recursive: true, force: true });
    }
  })();
  it.runIf(mayMount)("answer 507 on a full disk, and go on from there once there is room", async () => {
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
