import { db } from "@/lib/db/client";
import { claimDrills, held, type Claim } from "@/lib/drills/claim";
import { finishDrill } from "@/lib/drills/finish-drill";
import { abandonDrill, stepDrill, type DrillProgress } from "@/lib/drills/step-drill";
import { AppError } from "@/lib/errors";
import { TARGET_ROW, targetOf, type TargetRow } from "@/lib/targets/registry";
import type { NodeDrain } from "@/lib/targets/target";

/** Longer than a drill may take, for a cluster that went away in the middle. */
const GIVE_UP_MS = 30 * 60_000;

type Deps = { now?: () => Date; drainOf?: (row: TargetRow) => NodeDrain | undefined };
/** One look at each drill that runs and that nobody else has in hand. Returns how many run. */
export async function runDrills({ now = () => new Date(), drainOf = (row) => targetOf(row).drain }: Deps = {}): Promise<number> {
  const claimed = await claimDrills();
  await Promise.all(claimed.map((claim) => look(claim, now, drainOf)));
  return claimed.length;
}

async function look(claim: Claim, now: () => Date, drainOf: NonNullable<Deps["drainOf"]>): Promise<void> {
  const row = await db().drill.findUnique({ where: { id: claim.id }, include: { deployment: { select: { id: true, slug: true, projectId: true, desiredState: true, project: { select: { slug: true } }, target: { select: TARGET_ROW } } } } });
  if (!row || row.state !== "running") return;
  const { deployment: d } = row;
  const ref = { id: d.id, project: d.project.slug, projectId: d.projectId, deployment: d.slug };
  const before = row.progress as unknown as DrillProgress;
  let after = before;
  try {
    const drain = drainOf(d.target);
    if (!drain) throw new AppError("unprocessable", "The target has no nodes that could be drained.");
    if (d.desiredState !== "running") after = abandonDrill(before, `The deployment was ${d.desiredState} meanwhile.`, now());
    else if (before.step !== "uncordon") after = stepDrill(before, await drain.look(ref), row.startedAt, now());
    if (after.step === "cordon" && after.node !== null) {
      // The node is written down before it is touched, so that whoever goes on knows what to give back.
      if (!(await save(claim, after))) return;
      const ours = await drain.cordon(after.node);
      after = { ...after, cordonedByUs: ours || before.node !== null, step: "evict" };
      // Whoever took over while we slept may have given the node back already: then this came too late, and nobody else would take it back.
      if (!(await save(claim, after))) return ours ? giveBackIfOver(claim.id, before.node ?? after.node!, drain) : undefined;
    }
    if (after.step === "evict" && after.node !== null) {
      if (!(await save(claim, after))) return;
      after = { ...after, blockedBy: (await drain.evict(ref, after.node)).blocked };
    }
    if (after.step === "uncordon" && after.node !== null) {
      // Not before this drill is ours for certain: another one may have the same node by now.
      if (!(await save(claim, after))) return;
      if (after.cordonedByUs) await drain.uncordon(after.node);
      after = { ...after, step: "over" };
    }
  } catch (error) {
    // The cluster may answer again; past its deadline a drill says what kept it.
    if (!(error instanceof AppError)) throw error;
    if (now().getTime() - row.startedAt.getTime() > GIVE_UP_MS || error.code === "unprocessable") after = { ...after, step: "over", failure: `${error.message}${leftCordoned(after)}` };
  }
  if (after.step === "over") await finishDrill(claim, d, after, now());
  else await db().drill.updateMany({ where: held(claim), data: { progress: after, leaseUntil: null } });
}

const save = async (claim: Claim, progress: DrillProgress): Promise<boolean> => (await db().drill.updateMany({ where: held(claim), data: { progress } })).count > 0;

async function giveBackIfOver(id: string, node: string, drain: NodeDrain): Promise<void> {
  const row = await db().drill.findUnique({ where: { id }, select: { state: true } });
  if (row?.state !== "running") await drain.uncordon(node);
}

const leftCordoned = (p: DrillProgress) => (p.node !== null && p.cordonedByUs ? ` The node may still be cordoned: kubectl uncordon ${p.node}` : "");
