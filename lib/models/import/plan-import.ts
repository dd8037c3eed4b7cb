import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { ImportPlan, ImportReach } from "@/lib/models/import/plan";
import { planHub } from "@/lib/models/import/plan-hub";
import { planS3 } from "@/lib/models/import/plan-s3";
import { planUrl } from "@/lib/models/import/plan-url";
import type { ImportRequest } from "@/lib/models/import/schema";
import { quotaExceeded } from "@/lib/models/reserve-quota";
import { modelPathSchema } from "@/lib/models/schema";
import { resolveSecrets } from "@/lib/secrets/resolve-secrets";

/**
 * Lists what an import would fetch, and refuses what cannot become a version before a byte of it is fetched: unusable paths, two
 * files of one path, more than the quota has left.
 */
export async function planImport(projectId: string, request: ImportRequest, reach: ImportReach, signal: AbortSignal): Promise<ImportPlan> {
  const plan = await list(projectId, request, reach, signal);
  for (const file of plan.files) {
    const path = modelPathSchema.safeParse(file.path);
    if (!path.success) throw new AppError("unprocessable", `The file "${file.path.slice(0, 200)}" of the source ${path.error.issues[0]!.message}.`);
  }
  if (new Set(plan.files.map((f) => f.path.toLowerCase())).size !== plan.files.length) throw new AppError("unprocessable", "Two files of the source have the same path but for upper and lower case.");
  const project = await db().project.findUniqueOrThrow({ where: { id: projectId }, select: { quotaBytes: true, usedBytes: true } });
  const known = await db().blob.findMany({ where: { projectId, sha256: { in: plan.files.flatMap((f) => f.sha256 ?? []) } }, select: { sha256: true } });
  const here = new Set(known.map((b) => b.sha256));
  const needed = plan.files.reduce((sum, f) => sum + (f.sha256 && here.has(f.sha256) ? 0 : (f.sizeBytes ?? 0)), 0);
  const left = Number(project.quotaBytes - project.usedBytes);
  if (needed > left) throw quotaExceeded(left);
  return plan;
}

async function list(projectId: string, request: ImportRequest, reach: ImportReach, signal: AbortSignal): Promise<ImportPlan> {
  if ("huggingFace" in request) {
    const name = request.huggingFace.tokenSecret;
    return planHub(request, reach, name ? (await resolveSecrets(projectId, [name])).get(name) : undefined, signal);
  }
  return "s3" in request ? planS3(request, reach, signal) : planUrl(request, reach);
}
