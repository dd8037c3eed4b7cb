import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { proofCount, proofTimeIsUp, reportProof } from "@/e2e/report-proof";
import { FaultRig } from "./fault-rig";
import { CELLS, runCell } from "./kill-matrix";
import { runRound } from "./kill-rounds";
import { seededRandom } from "./seeded-random";
import { staleHolder } from "./stale-holder";

// CI takes a sample that its seed decides; `npm run prove` takes the whole matrix and the full count of schedules.
const seed = Number(process.env.PROVE_SEED ?? 20_261_127);
const schedules = proofCount("PROVE_SCHEDULES", 12);
const cells = proofCount("PROVE_CELLS", 4);
const PER_ROUND = 12;

let rig: FaultRig;
beforeAll(async () => {
  rig = await FaultRig.start();
});
afterAll(async () => {
  await rig?.dispose();
});

describe("a killed worker", () => {
  const drawn = seededRandom(seed).shuffle(CELLS).slice(0, cells);
  it(`anywhere in any operation leaves exactly what was wanted (${drawn.length} of ${CELLS.length} points, seed ${seed})`, async () => {
    for (const [n, cell] of drawn.entries()) {
      await runCell(rig, cell, `cell-${n}`).catch((error: unknown) => { throw new Error(`${cell.point} of ${cell.operation}`, { cause: error }); });
    }
    expect(rig.kills).toBeGreaterThanOrEqual(drawn.length);
    reportProof(`${drawn.length} of ${CELLS.length} points of the matrix`);
  });

  it(`at random, with one, two and four workers at once, leaves nothing doubled and nothing behind (${schedules} schedules, seed ${seed})`, async () => {
    const before = rig.kills;
    const began = Date.now();
    let done = 0;
    while (done < schedules && !proofTimeIsUp(began)) {
      const round = seed + done;
      const size = Math.min(PER_ROUND, schedules - done);
      await runRound(rig, round, size).catch((error: unknown) => { throw new Error(`schedules of seed ${round}`, { cause: error }); });
      done += size;
      console.log(`schedules: ${done} of ${schedules}, ${rig.kills - before} kills`);
    }
    reportProof(`${done} random schedules, ${rig.kills - before} kills, seed ${seed}`);
    expect(rig.kills - before).toBeGreaterThanOrEqual(done);
  });

  it.each(["before-apply", "before-status"] as const)("that was only frozen at %s past its lease wakes up and undoes nothing", async (point) => {
    await staleHolder(rig, point, `stale-${point}`);
    reportProof(`a holder frozen ${point.replace("-", " ")} past its lease`);
  });
});
