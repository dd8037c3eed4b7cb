import { setTimeout as sleep } from "node:timers/promises";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { FAILPOINTS } from "@/lib/reconciler/failpoint";
import { settled } from "./fault-claims";
import { exited, type FaultRig } from "./fault-rig";
import { operate, type Operation } from "./kill-matrix";
import { seededRandom, type SeededRandom } from "./seeded-random";

/**
 * One round: some deployments live through random operations at the same time, while one, two or four workers are killed at
 * random points and moments and replaced, and now and then the gateway or PostgreSQL. Then nobody is killed any more, and
 * everything must become as its row says; at last all is deleted, and nothing may be left.
 */
export async function runRound(rig: FaultRig, seed: number, deployments: number): Promise<void> {
  const random = seededRandom(seed);
  const crew = new Crew(rig, random, deployments);
  const lives = Array.from({ length: deployments }, (_, n) => ({ slug: `s${seed}-${n}`, random: seededRandom(seed * 1009 + n) }));
  const others = disturb(rig, random);
  await Promise.all(lives.map((life) => live(rig, life.slug, life.random)));
  await others;
  await crew.calm();
  const ids = (await db().deployment.findMany({ where: { slug: { in: lives.map((l) => l.slug) } }, select: { id: true } })).map((d) => d.id);
  await settled(rig, ids);
  for (const { slug } of lives) await persist(rig, "delete", slug);
  await settled(rig, ids);
  const left = await db().deployment.count({ where: { id: { in: ids } } });
  if (left > 0) throw new Error(`${left} deployments were not deleted`);
  await crew.leave();
}

async function live(rig: FaultRig, slug: string, random: SeededRandom): Promise<void> {
  await persist(rig, "create", slug);
  for (let step = random.below(4); step > 0; step--) {
    await sleep(random.below(2000));
    await persist(rig, random.pick<Operation>(["change", "scale", "roll back", "stop", "start"]), slug);
  }
  if (random.next() < 0.3) await persist(rig, "delete", slug);
}

/** Asks until it is answered: the database may be away. An answer that says no is an answer. */
async function persist(rig: FaultRig, operation: Operation, slug: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await operate(rig, operation, slug);
    } catch (error) {
      if (error instanceof AppError) return;
      if (attempt > 200) throw error;
      await sleep(100);
    }
  }
}

async function disturb(rig: FaultRig, random: SeededRandom): Promise<void> {
  const what = random.next();
  await sleep(random.below(1500));
  if (what < 0.15) await rig.restartGateway();
  else if (what < 0.3) await rig.killPostgres();
}

/** Keeps as many workers as the round has; those that die are replaced, until the round's kills are spent, by others that will die. */
class Crew {
  private calmed = false;
  private doomed: number;
  private readonly posts: Promise<void>[] = [];

  constructor(private readonly rig: FaultRig, private readonly random: SeededRandom, deployments: number) {
    const size = random.pick([1, 2, 4]);
    this.doomed = deployments + random.below(4);
    for (let n = 0; n < size; n++) this.posts.push(this.hold());
  }

  /** Nothing further is asked for, so a point may never be reached again: who waits for one is killed at a moment instead. */
  async calm(): Promise<void> {
    this.calmed = true;
    await Promise.all(this.posts);
  }

  async leave(): Promise<void> {
    const workers = [...this.rig.workers];
    for (const worker of workers) worker.kill("SIGTERM");
    await Promise.all(workers.map(exited));
  }

  private async hold(): Promise<void> {
    while (this.doomed-- > 0) {
      const atPoint = this.random.next() < 0.7;
      const worker = this.rig.startWorker(atPoint ? `${this.random.pick(FAILPOINTS)}#${1 + this.random.below(6)}` : "");
      const moment = this.random.below(1500);
      const early = this.random.next() < 0.8;
      while (atPoint && !this.calmed && worker.signalCode === null) await sleep(20);
      await Promise.race([sleep(moment), exited(worker)]);
      worker.kill("SIGKILL");
      await exited(worker);
      if (early) await this.rig.expireLeases(worker).catch(() => undefined); // otherwise they run out by themselves
    }
    this.rig.startWorker();
  }
}
