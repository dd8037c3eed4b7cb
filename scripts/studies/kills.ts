import fs from "node:fs";
import path from "node:path";
import { FaultRig } from "@/e2e/process/fault-rig";
import { CELLS, runCell } from "@/e2e/process/kill-matrix";
import { provenance } from "./provenance";

// `NODE_ENV=test tsx scripts/studies/kills.ts`: kills the worker at every point of every operation on the local target, once each, and
// holds what is left against what was wanted. Writes the study's data; a cell that failed is written as failed.
const from = provenance();
const rig = await FaultRig.start();
const cells: { operation: string; point: string; held: boolean; seconds: number }[] = [];
try {
  for (const [n, cell] of CELLS.entries()) {
    const began = performance.now();
    const held = await runCell(rig, cell, `study-${n}`).then(() => true, (error: unknown) => {
      console.error(`${cell.point} of ${cell.operation}: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    });
    cells.push({ ...cell, held, seconds: Number(((performance.now() - began) / 1000).toFixed(2)) });
  }
  const out = path.resolve(import.meta.dirname, "../../content/case-studies/killed-workers.json");
  fs.writeFileSync(out, `${JSON.stringify({ ...from, kills: rig.kills, cells }, null, 1)}\n`);
  console.log(`Written: ${path.relative(process.cwd(), out)}`);
} finally {
  await rig.dispose();
}
process.exit(0);
