import { useCursorList } from "@/components/list/use-cursor-list";
import { keys } from "@/lib/api-client/query-keys";
import type { VersionDto } from "@/lib/models/schema";

/** Versions of a model, newest first, a page at a time. */
export const useVersions = (project: string, model: string) => useCursorList<VersionDto>(keys.versions(project, model), `/api/v1/projects/${project}/models/${model}/versions`);
