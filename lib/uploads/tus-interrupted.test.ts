import { randomBytes } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { seededRandom } from "@/e2e/process/seeded-random";
import { reportProof } from "@/e2e/report-proof";
import { DirectoryStore } from "@/lib/artifacts/directory-store";
import { idOf, sha, TusRig } from "@/lib/uploads/__fixtures__/tus-rig";

let rig: TusRig;
beforeEach(async () => { rig = await TusRig.start(); });
afterEach(() => rig.stop());

describe("uploads that are interrupted", () => {
  const seeds = Number(process.env.PROVE_UPLOADS ?? 12);
  it(`end hash-equal after clients and servers were killed at random offsets (${seeds} seeds)`, { timeout: 30_000 + seeds * 5_000 }, async () => {
    for (let seed = 1; seed <= seeds; seed++) {
      const { next } = seededRandom(seed);
      const data = randomBytes(Math.floor(next() * 3_000_000));
      const url = await rig.begin(data.length);
      let sentBytes = 0;
      for (let step = 0; step < 100 && !rig.registry.rows.get(idOf(url))?.finished; step++) {
        const offset = await rig.offsetOf(url);
        const chunk = data.subarray(offset, offset + 1 + Math.floor(next() * 1_000_000));
        const kind = next();
        if (kind < 0.4 && step < 20) await rig.killedPatch(url, offset, chunk, Math.floor(next() * chunk.length));
        else if (kind < 0.6 && step < 20) rig.restart();
        else {
          const { status } = await rig.patch(url, offset, chunk);
          expect([204, 409, 423], `seed ${seed}`).toContain(status);
          if (status === 204) sentBytes += chunk.length;
        }
      }
      const row = rig.registry.rows.get(idOf(url));
      expect(row?.finished?.sha256, `seed ${seed}`).toBe(sha(data));
      expect(sentBytes, `seed ${seed}`).toBeLessThanOrEqual(data.length);
      expect(sha(await fs.readFile(new DirectoryStore(rig.root).absolutePath(idOf(url)))), `seed ${seed}`).toBe(sha(data));
    }
    expect(await rig.files()).toHaveLength(seeds);
    reportProof(`${seeds} uploads, seeds 1 to ${seeds}`);
  });

  it("keep what arrived before the client was killed, so that less than a chunk is sent again", async () => {
    const data = randomBytes(4_000_000);
    const url = await rig.begin(data.length);
    const arrived = async () => (await fs.stat(path.join(rig.root, "uploads", idOf(url)))).size;
    await rig.killedPatch(url, 0, data, 3_500_000, () => expect.poll(arrived).toBeGreaterThanOrEqual(3_000_000).then(() => undefined));
    const offset = await rig.offsetOf(url);
    expect(offset).toBeGreaterThanOrEqual(3_000_000);
    expect((await rig.patch(url, offset, data.subarray(offset))).status).toBe(204);
    expect(rig.registry.rows.get(idOf(url))?.finished?.sha256).toBe(sha(data));
  });

  it("finish on the next request when the process was killed between the last byte and the row", async () => {
    const data = Buffer.from("every byte arrived");
    const beforeMove = await rig.begin(data.length);
    await fs.writeFile(path.join(rig.root, "uploads", idOf(beforeMove)), data);
    const afterMove = await rig.begin(data.length);
    await fs.writeFile(path.join(rig.root, "uploads", idOf(afterMove)), data);
    await new DirectoryStore(rig.root).adopt(path.join(rig.root, "uploads", idOf(afterMove)), idOf(afterMove));
    for (const url of [beforeMove, afterMove]) {
      expect(await rig.offsetOf(url)).toBe(data.length);
      expect(rig.registry.rows.get(idOf(url))?.finished?.sha256).toBe(sha(data));
    }
  });

  it("give up a client that stays silent, and keep its bytes", async () => {
    rig.restart({ idleTimeoutMs: 200 });
    const data = randomBytes(1000);
    const url = await rig.begin(data.length);
    const silent = rig.openPatch(url, 0, 1000);
    silent.write(data.subarray(0, 400));
    await expect.poll(() => rig.registry.leases.size).toBe(1);
    await expect.poll(() => rig.registry.leases.size, { timeout: 5000 }).toBe(0);
    silent.destroy();
    expect(await rig.offsetOf(url)).toBe(400);
    expect((await rig.patch(url, 400, data.subarray(400))).status).toBe(204);
    expect(rig.registry.rows.get(idOf(url))?.finished?.sha256).toBe(sha(data));
  });
});
