import { createDeployment } from "@/lib/deployments/create-deployment";
import { deleteDeployment } from "@/lib/deployments/delete-deployment";
import { rollBack } from "@/lib/deployments/roll-back";
import { setRunning } from "@/lib/deployments/set-running";
import { updateDeployment } from "@/lib/deployments/update-deployment";
import { db } from "@/lib/db/client";
import { FAILPOINTS, type Failpoint } from "@/lib/reconciler/failpoint";
import { settled } from "./fault-claims";
import { exited, operator, until, type FaultRig } from "./fault-rig";

export const OPERATIONS = ["create", "change", "scale", "roll back", "stop", "start", "delete"] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Points an operation passes: removal is deletion's alone, and deletion never applies. The others would wait for nothing. */
export const passes = (operation: Operation, point: Failpoint) => point.endsWith("-status") || (operation === "delete") === point.endsWith("-remove");
export const CELLS = OPERATIONS.flatMap((operation) => FAILPOINTS.filter((point) => passes(operation, point)).map((point) => ({ operation, point })));

const spec = (name: string) => ({ name, model: "iris", version: 1, target: "local", profile: "local-small", environment: "dev", scaling: { min: 1, max: 2 } });

export async function operate(rig: FaultRig, operation: Operation, slug: string): Promise<void> {
  const p = rig.projectId;
  if (operation === "create") await createDeployment(operator, p, spec(slug));
  else if (operation === "change") await updateDeployment(operator, p, slug, null, { env: { TURN: "2" } });
  else if (operation === "scale") await updateDeployment(operator, p, slug, null, { scaling: { min: 2, max: 2 } });
  else if (operation === "roll back") await rollBack(operator, p, slug, 1);
  else if (operation === "delete") await deleteDeployment(operator, p, slug);
  else await setRunning(operator, p, slug, operation === "start");
}

export const idOf = async (rig: FaultRig, slug: string) => (await db().deployment.findUniqueOrThrow({ where: { projectId_slug: { projectId: rig.projectId, slug } }, select: { id: true } })).id;

/** What must stand before the operation: itself a path through a healthy worker. */
async function prepare(rig: FaultRig, operation: Operation, slug: string): Promise<void> {
  if (operation === "create") return;
  await operate(rig, "create", slug);
  await settled(rig, [await idOf(rig, slug)]);
  const before = operation === "roll back" ? "change" as const : operation === "start" ? "stop" as const : null;
  if (before === null) return;
  await operate(rig, before, slug);
  await settled(rig, [await idOf(rig, slug)]);
}

/** Replicas a healthy worker starts in all for the operation and what goes before it: a kill adds none. */
const REPLICAS: Record<Operation, number> = { create: 1, change: 2, scale: 2, "roll back": 3, stop: 1, start: 2, delete: 1 };

/** Kills the worker at one point of one operation and lets another go on. Throws with what is wrong. */
export async function runCell(rig: FaultRig, { operation, point }: (typeof CELLS)[number], slug: string): Promise<void> {
  const healthy = rig.startWorker();
  await prepare(rig, operation, slug);
  healthy.kill("SIGTERM");
  await exited(healthy);
  const armed = rig.startWorker(`${point}@${slug}`);
  await operate(rig, operation, slug);
  const row = await db().deployment.findFirst({ where: { slug }, select: { id: true } }) ?? await db().replicaInterval.findFirst({ where: { deploymentSlug: slug }, select: { deploymentId: true } }).then((i) => i && { id: i.deploymentId });
  const id = row!.id;
  await until(`the worker dies at ${point} of ${operation}\n${rig.tail()}`, async () => armed.signalCode !== null);
  await rig.expireLeases(armed);
  const next = rig.startWorker();
  await settled(rig, [id]);
  const replicas = await db().replicaInterval.count({ where: { deploymentId: id } });
  if (replicas !== REPLICAS[operation]) throw new Error(`${replicas} replicas were started where ${REPLICAS[operation]} do`);
  if (operation !== "delete") await operate(rig, "delete", slug);
  await settled(rig, [id]);
  if (await db().deployment.count({ where: { id } })) throw new Error("it was not deleted");
  next.kill("SIGTERM");
  await exited(next);
}
