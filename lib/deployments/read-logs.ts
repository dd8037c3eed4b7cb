import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { TARGET_ROW, targetOf } from "@/lib/targets/registry";
import type { LogLine, LogOptions } from "@/lib/targets/target";

/** Lines of a deployment's replicas as its target has them, oldest first. Throws not_found; bad_gateway when the target cannot be asked. */
export async function readLogs(projectId: string, slug: string, options: LogOptions): Promise<AsyncIterable<LogLine>> {
  const row = await db().deployment.findUnique({
    where: { projectId_slug: { projectId, slug } },
    select: { id: true, project: { select: { slug: true } }, target: { select: TARGET_ROW } },
  });
  if (!row) throw notFound("deployment");
  return targetOf(row.target).logs({ id: row.id, project: row.project.slug, projectId, deployment: slug }, options);
}

/** One JSON line each, as they come; ends with the source or when the reader goes away. */
export function ndjson(lines: AsyncIterable<LogLine>): ReadableStream<Uint8Array> {
  const iterator = lines[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(next.value)}\n`));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
