import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { specHash } from "@/lib/targets/spec-hash";
import type { ArtifactFile, ClusterRevision, DeploymentRef, DeploymentSpec, LogLine, Observation, RevisionSpec, Target } from "@/lib/targets/target";

/** What a target's test brings along. */
export type TargetHarness = {
  target: Target;
  /** Files of a model the target can serve, and of one that its runtime refuses. */
  goodFiles: () => Promise<ArtifactFile[]>;
  brokenFiles: () => Promise<ArtifactFile[]>;
  runtime: string;
  stop: () => Promise<void>;
  /** What a spec and its revisions need of a cluster, where the target is one. */
  cluster?: { spec: NonNullable<DeploymentSpec["cluster"]>; revision: ClusterRevision };
  /** Makes a revision whose server fails, where no file of a model does that; and what its end is called. */
  broken?: { env: Record<string, string>; reason: string };
};

type Present = Extract<Observation, { exists: true }>;

const LIMIT_MS = 60_000;

/** The one suite every target passes: what the reconciler relies on, whatever runs the replicas. Call it from a test file. */
export function targetContract(name: string, makeHarness: () => Promise<TargetHarness>): void {
  describe(`target contract: ${name}`, () => {
    let h: TargetHarness;
    beforeAll(async () => { h = await makeHarness(); }, LIMIT_MS);
    afterAll(() => h.stop(), LIMIT_MS);

    const newRef = (): DeploymentRef => ({ id: randomUUID(), project: "contract", projectId: randomUUID(), deployment: `d${randomUUID().slice(0, 8)}` });
    const revision = (n: number, weight: number, files: ArtifactFile[]): RevisionSpec => ({
      n, weight, runtime: h.runtime, model: "m", files, format: "onnx", resources: { cpuMillicores: 500, memoryMib: 512, accelerator: null },
      env: {}, secrets: { API_KEY: "canary-secret-value" }, queueLimit: 16, ...(h.cluster ? { cluster: h.cluster.revision } : {}),
    });
    const specOf = (ref: DeploymentRef, revisions: RevisionSpec[], change: Partial<DeploymentSpec> = {}): DeploymentSpec => ({
      ref, generation: 1, public: false, scaling: { min: 1, max: 1, targetConcurrency: 4 }, revisions, ...(h.cluster ? { cluster: h.cluster.spec } : {}), ...change,
    });
    /** `spec`: applied again while the target does not hold it whole, as the reconciler does. */
    const until = async (ref: DeploymentRef, wish: (o: Present) => boolean, spec?: DeploymentSpec): Promise<Present> => {
      const deadline = Date.now() + LIMIT_MS / 2;
      for (;;) {
        const o = await h.target.observe(ref);
        if (o.exists && wish(o)) return o;
        if (spec && o.exists && o.specHash !== specHash(spec)) await h.target.apply(spec);
        if (Date.now() > deadline) throw new Error(`not reached: ${JSON.stringify(o)}`);
        await new Promise((r) => setTimeout(r, 50));
      }
    };
    const untilGone = async (ref: DeploymentRef) => {
      const deadline = Date.now() + LIMIT_MS / 2;
      while ((await h.target.observe(ref)).exists) {
        if (Date.now() > deadline) throw new Error("still there");
        await new Promise((r) => setTimeout(r, 50));
      }
    };

    test("what was never applied is absent, and removing it is success", async () => {
      const ref = newRef();
      expect(await h.target.observe(ref)).toEqual({ exists: false });
      expect(await h.target.endpoint(ref)).toBeNull();
      await h.target.remove(ref);
    }, LIMIT_MS);

    test("an applied deployment becomes ready, tells its times in order, and its endpoint and hash", async () => {
      const ref = newRef();
      const spec = specOf(ref, [revision(1, 100, await h.goodFiles())]);
      await h.target.apply(spec);
      const o = await until(ref, (x) => x.revisions[0]?.ready === 1);
      expect(o).toMatchObject({ generation: 1, specHash: specHash(spec), revisions: [{ n: 1, weight: 100, wanted: 1, starting: 0, consecutiveFailures: 0, lastError: null }] });
      const replica = o.replicas.find((r) => r.state === "ready");
      const times = [replica?.createdAt, replica?.placedAt, replica?.loadingAt, replica?.readyAt].map((t) => Date.parse(t ?? ""));
      expect(times.every(Number.isFinite)).toBe(true);
      expect([...times].sort((a, b) => a - b)).toEqual(times);
      expect(await h.target.endpoint(ref)).toMatchObject({ auth: "token", url: expect.stringContaining(ref.deployment) });
      expect((await h.target.list()).some((r) => r.id === ref.id)).toBe(true);
      await h.target.remove(ref);
      await untilGone(ref);
      expect((await h.target.list()).some((r) => r.id === ref.id)).toBe(false);
    }, LIMIT_MS);

    test("applying the same state again changes nothing", async () => {
      const ref = newRef();
      const spec = specOf(ref, [revision(1, 100, await h.goodFiles())]);
      await h.target.apply(spec);
      const before = await until(ref, (x) => x.revisions[0]?.ready === 1);
      for (let i = 0; i < 3; i++) await h.target.apply(structuredClone(spec));
      expect(await h.target.plan(spec)).toEqual({ changes: [] });
      const after = await until(ref, (x) => x.revisions[0]?.ready === 1);
      expect(after.replicas.map((r) => r.id)).toEqual(before.replicas.map((r) => r.id));
      await h.target.remove(ref);
    }, LIMIT_MS);

    test("a plan tells what would change, without values of secrets", async () => {
      const ref = newRef();
      const spec = specOf(ref, [revision(1, 100, await h.goodFiles())]);
      await h.target.apply(spec);
      const changed = structuredClone(spec);
      changed.scaling.max = 3;
      changed.revisions[0]!.secrets = { API_KEY: "another-canary-secret" };
      const diff = await h.target.plan(changed);
      expect(diff.changes).toContainEqual({ path: "scaling.max", from: 1, to: 3 });
      expect(diff.changes).toHaveLength(2);
      expect(JSON.stringify(diff)).not.toContain("canary");
      expect((await until(ref, () => true)).specHash).toBe(specHash(spec));
      await h.target.remove(ref);
    }, LIMIT_MS);

    test("a revision that replaces another is ready before the other goes", async () => {
      const ref = newRef();
      const one = revision(1, 100, await h.goodFiles());
      await h.target.apply(specOf(ref, [one]));
      await until(ref, (x) => x.revisions[0]?.ready === 1);
      const two = revision(2, 100, await h.goodFiles());
      const next = specOf(ref, [two], { generation: 2 });
      await h.target.apply(next);
      const low: number[] = [];
      await until(ref, (x) => {
        low.push(x.revisions.reduce((n, r) => n + r.ready, 0));
        return x.revisions.length === 1 && x.revisions[0]?.n === 2 && x.revisions[0].ready === 1;
      }, next);
      expect(Math.min(...low)).toBeGreaterThanOrEqual(1);
      await h.target.remove(ref);
    }, LIMIT_MS);

    test("a model that cannot load says so in the runtime's words and backs off", async () => {
      const ref = newRef();
      await h.target.apply(specOf(ref, [{ ...revision(1, 100, await h.brokenFiles()), env: h.broken?.env ?? {} }]));
      const o = await until(ref, (x) => x.revisions[0]?.lastError != null && x.revisions[0].nextAttemptAt !== null);
      expect(o.revisions[0]).toMatchObject({ ready: 0, lastError: { reason: h.broken?.reason ?? "LoadFailed" } });
      expect(o.revisions[0]?.lastError?.message.length).toBeGreaterThan(10);
      expect(o.revisions[0]?.consecutiveFailures).toBeGreaterThanOrEqual(1);
      await h.target.remove(ref);
      await untilGone(ref);
    }, LIMIT_MS);

    test("stopping leaves no replica and keeps the deployment", async () => {
      const ref = newRef();
      const spec = specOf(ref, [revision(1, 100, await h.goodFiles())]);
      await h.target.apply(spec);
      await until(ref, (x) => x.revisions[0]?.ready === 1);
      await h.target.apply({ ...spec, generation: 2, scaling: { min: 0, max: 0, targetConcurrency: 4 } });
      const o = await until(ref, (x) => x.generation === 2 && x.replicas.every((r) => r.state === "exited" || r.state === "failed"));
      expect(o.revisions[0]).toMatchObject({ wanted: 0, ready: 0 });
      await h.target.remove(ref);
    }, LIMIT_MS);

    test("no observation and no log line holds a secret", async () => {
      const ref = newRef();
      await h.target.apply(specOf(ref, [revision(1, 100, await h.goodFiles())]));
      const o = await until(ref, (x) => x.revisions[0]?.ready === 1);
      const lines: LogLine[] = [];
      for await (const line of h.target.logs(ref, { follow: false, tailLines: 100 })) lines.push(line);
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.every((l) => l.revision === 1 && Number.isFinite(Date.parse(l.at)))).toBe(true);
      expect(JSON.stringify([o, lines])).not.toContain("canary");
      await h.target.remove(ref);
    }, LIMIT_MS);

    test("a check names what is there and what is missing", async () => {
      const findings = await h.target.check();
      expect(findings.length).toBeGreaterThan(0);
      expect(new Set(findings.map((f) => f.id)).size).toBe(findings.length);
    }, LIMIT_MS);
  });
}
