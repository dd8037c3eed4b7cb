import { randomUUID } from "node:crypto";
import { systemActor, type Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { createDeployment } from "@/lib/deployments/create-deployment";
import type { Profile } from "@/lib/profiles/schema";

export const tester: Actor = systemActor("test");

const profile: Profile = {
  slug: "local-small", name: "This machine, small", targetKind: "local", instanceType: null, region: null, accelerator: null, capacityType: "local",
  cpuMillicores: 500, memoryMib: 1024, diskGib: 50, diskSizedFromModel: false, architecture: "amd64",
  price: { value: 0.05, unit: "USD/h", region: "us-east-1", source: "estimate", asOf: "2026-11-01T00:00:00.000Z", staleAfterDays: 60, ageDays: 1, stale: false, estimate: true },
  pricePerMonth: 36.5, priceOnDemand: null, spot: null,
};

/** A project with a target, two profiles and a model of three versions, straight in the database. */
export async function makeWorld(slug = `p${randomUUID().slice(0, 8)}`) {
  await db().target.upsert({ where: { slug: "local" }, create: { slug: "local", name: "This machine", kind: "local" }, update: {} });
  for (const p of [profile, { ...profile, slug: "local-medium", name: "This machine, medium", memoryMib: 2048 }, { ...profile, slug: "g6-xlarge", name: "1 × L4", memoryMib: 16_384, targetKind: "aws" as const }]) {
    await db().profile.upsert({ where: { slug: p.slug }, create: { slug: p.slug, body: p, targetKind: p.targetKind }, update: {} });
  }
  const project = await db().project.create({ data: { slug, name: slug, quotaBytes: 1n << 40n, environments: { create: { slug: "dev", name: "Development" } } } });
  const model = await db().model.create({ data: { projectId: project.id, slug: "iris", name: "Iris", lastVersion: 3 } });
  for (const number of [1, 2, 3]) {
    const blob = await db().blob.create({ data: { id: randomUUID(), projectId: project.id, sha256: `${number}`.repeat(64), sizeBytes: 276n } });
    await db().modelVersion.create({
      data: {
        modelId: model.id, number, digest: `${number}`.repeat(64), state: "accepted", format: "onnx", sizeBytes: 276n, createdById: "t", createdBy: "t",
        inspection: { parameters: 15, weightBytes: 60, weightBytesByType: { FP32: 60 }, facts: {}, findings: [] },
        files: { create: { path: "model.onnx", sizeBytes: 276n, sha256: blob.sha256, blobId: blob.id } },
      },
    });
  }
  return { projectId: project.id, slug, modelId: model.id };
}

/** A deployment of the world's model, created through the verb. Returns its id. */
export async function deploy(projectId: string, name = "iris", scaling = { min: 1, max: 1 }): Promise<string> {
  await createDeployment(tester, projectId, { name, model: "iris", version: 1, target: "local", profile: "local-small", environment: "dev", scaling });
  return (await db().deployment.findUniqueOrThrow({ where: { projectId_slug: { projectId, slug: name } } })).id;
}
