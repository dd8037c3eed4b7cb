import { randomUUID } from "node:crypto";
import { artifactStore } from "@/lib/artifacts/artifact-store";
import { limitRequest } from "@/lib/api/rate-limit";
import { authenticate } from "@/lib/auth/authenticate";
import { requirePermission, seesProject } from "@/lib/auth/permissions";
import { AppError, notFound } from "@/lib/errors";
import { findProject } from "@/lib/projects/find-project";
import { RETENTION } from "@/lib/retention";
import { databaseUploads, type UploadOwner } from "@/lib/uploads/database-registry";
import { MAX_FILE_BYTES } from "@/lib/uploads/max-file-bytes";
import { createTusServer, type TusServer } from "@/lib/uploads/tus-server";

const holder = globalThis as { slipwayTus?: TusServer };

/** tus at /api/v1/uploads. Creating one names the project as `?project=slug`; only its creator sees it afterwards. */
export function uploads(): TusServer {
  return (holder.slipwayTus ??= createTusServer<UploadOwner>({
    artifacts: artifactStore(), registry: databaseUploads, path: "/api/v1/uploads", maxFileBytes: MAX_FILE_BYTES, expireAfterMs: RETENTION.uploadHours * 3_600_000,
    async authorize(request, upload) {
      const actor = await authenticate(request, randomUUID());
      if (actor.kind === "anonymous") throw new AppError("unauthenticated", "Sign in, or send an API token.");
      await limitRequest(actor, request);
      const actorId = actor.userId ?? actor.id;
      if (upload) {
        if (upload.owner.actorId !== actorId || !seesProject(actor, upload.owner.projectId)) throw notFound("upload");
        requirePermission(actor, "model.write", upload.owner.projectId);
        return upload.owner;
      }
      const project = await findProject(new URL(request.url).searchParams.get("project") ?? "");
      if (!project || !seesProject(actor, project.id)) throw notFound("project");
      requirePermission(actor, "model.write", project.id);
      return { actorId, projectId: project.id };
    },
  }));
}
