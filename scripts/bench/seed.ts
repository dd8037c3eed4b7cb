import { setTimeout as sleep } from "node:timers/promises";
import { buildAddOneModel } from "@/lib/samples/build-onnx";
import type { Bench } from "./context";

/**
 * A project with `count` stopped deployments of one revision each. The first is made through the API, the others are copies of
 * its rows. Waits until the worker has reconciled them all, so that what is measured next is a system at rest.
 */
export async function seed({ slipway, pool }: Bench, project: string, count: number): Promise<void> {
  const base = `/api/v1/projects/${project}`;
  await slipway.must("POST", "/api/v1/projects", { name: project });
  await slipway.must("POST", `${base}/models`, { name: "seed" });
  await slipway.must("POST", `${base}/models/seed/versions?filename=model.onnx`, buildAddOneModel({ size: 4 }));
  const url = `${base}/deployments/d-0`;
  await slipway.must("POST", `${base}/deployments`, { name: "d-0", model: "seed", version: 1, target: "local", profile: "local-small", scaling: { min: 1, max: 1 } });
  await pool.query(`UPDATE "Deployment" SET "desiredState" = 'stopped', generation = generation + 1, "nextReconcileAt" = now() WHERE slug = 'd-0' AND "projectId" = (SELECT id FROM "Project" WHERE slug = $1)`, [project]);
  await slipway.until("GET", url, (a) => (a.json.status as { phase?: string })?.phase === "Stopped");
  await pool.query(
    `WITH source AS (SELECT d.* FROM "Deployment" d JOIN "Project" p ON p.id = d."projectId" WHERE p.slug = $1 AND d.slug = 'd-0'),
     made AS (
       INSERT INTO "Deployment" (id, "projectId", "environmentId", "modelId", "targetId", slug, "desiredState", "minReplicas", "maxReplicas", "targetConcurrency", "desiredRevision", "lastRevision", "createdById", "createdBy", "createdAt", "updatedAt")
       SELECT gen_random_uuid(), "projectId", "environmentId", "modelId", "targetId", 'd-' || n, 'stopped', "minReplicas", "maxReplicas", "targetConcurrency", 1, 1, "createdById", "createdBy", now() - n * interval '1 second', now()
       FROM source, generate_series(1, $2::int - 1) n RETURNING id)
     INSERT INTO "Revision" (id, "deploymentId", number, "versionId", "profileId", profile, runtime, config, reason, "createdById", "createdBy")
     SELECT gen_random_uuid(), made.id, 1, r."versionId", r."profileId", r.profile, r.runtime, r.config, '', r."createdById", r."createdBy"
     FROM made, "Revision" r JOIN source s ON s.id = r."deploymentId" WHERE r.number = 1`,
    [project, count],
  );
  await pool.query(`ANALYZE "Deployment", "Revision"`);
  const end = Date.now() + 240_000;
  for (;;) {
    const { rows } = await pool.query<{ left: number }>(`SELECT count(*)::int AS left FROM "Deployment" d JOIN "Project" p ON p.id = d."projectId" WHERE p.slug = $1 AND (d.phase <> 'Stopped' OR d."nextReconcileAt" <= now() OR d."leaseOwner" IS NOT NULL)`, [project]);
    if (rows[0]!.left === 0) return;
    if (Date.now() > end) throw new Error(`${rows[0]!.left} of ${count} deployments are not at rest after 240 s`);
    await sleep(500);
  }
}
