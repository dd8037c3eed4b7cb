import { Readable } from "node:stream";
import type { z } from "zod";
import { artifactStore } from "@/lib/artifacts/artifact-store";
import { receiveFile } from "@/lib/artifacts/receive-raw-file";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { createModel } from "@/lib/models/create-model";
import { createVersion } from "@/lib/models/create-version";
import { getModel } from "@/lib/models/get-model";
import { getVersion } from "@/lib/models/get-version";
import { IRIS_EXAMPLE, irisOnnx } from "@/lib/samples/iris/iris";
import type { createSampleSchema, SampleDto } from "@/lib/samples/schema";

const SOURCE = { kind: "sample", sample: "iris" } as const;
const DESCRIPTION = "Species of an iris flower from four measurements in centimetres. Softmax regression on Fisher's table of 1936; made by Slipway, as examples/iris/README.md describes.";

/**
 * Puts the iris sample into a project: a model and its first version, through the same steps as an upload. Asked again it
 * answers with what is there. Throws already_exists when another model has the name, quota_exceeded, disk_full.
 */
export async function createSample(actor: Actor, projectId: string, input: z.output<typeof createSampleSchema>): Promise<{ created: boolean; sample: SampleDto }> {
  const model = await db().model.findUnique({
    where: { projectId_slug: { projectId, slug: input.name } },
    select: { versions: { orderBy: { number: "desc" }, select: { number: true, source: true } } },
  });
  const there = model?.versions.find((v) => (v.source as { kind?: string } | null)?.kind === SOURCE.kind);
  if (there) return { created: false, sample: await present(projectId, input.name, there.number) };
  // A model of the name without a version is what a crash between the two steps leaves: it is finished here.
  if (model && model.versions.length > 0) throw new AppError("already_exists", `This project has a model named "${input.name}" already, and it is not the sample. Give the sample another name.`);
  if (!model) await createModel(actor, projectId, { name: input.name, displayName: "Iris (sample)", description: DESCRIPTION });
  const bytes = Buffer.from(irisOnnx());
  const blob = await receiveFile(artifactStore(), Readable.from([bytes]), { maxBytes: bytes.length, expectedLength: bytes.length });
  const version = await createVersion(actor, { projectId, modelSlug: input.name, files: [{ ...blob, path: "iris.onnx" }], source: SOURCE });
  return { created: true, sample: await present(projectId, input.name, version.version) };
}

async function present(projectId: string, slug: string, number: number): Promise<SampleDto> {
  const [found, version] = await Promise.all([getModel(projectId, slug), getVersion(projectId, slug, number)]);
  return { model: found.model, version, example: IRIS_EXAMPLE };
}
