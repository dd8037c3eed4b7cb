"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { asProblem } from "@/components/form/as-problem";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { modelHref } from "@/lib/api-client/hrefs";
import { keys } from "@/lib/api-client/query-keys";
import type { SampleDto } from "@/lib/samples/schema";

/** Puts the sample model into the project, and leads to its page. */
export function AddSampleButton({ project }: { project: string }) {
  const router = useRouter();
  const client = useQueryClient();
  const add = useMutation({
    mutationFn: () => fetchJson<SampleDto>(`/api/v1/projects/${project}/samples`, { body: {} }),
    onSuccess: async ({ model }) => {
      await client.invalidateQueries({ queryKey: keys.models(project) });
      router.push(modelHref(project, model.slug));
    },
    onError: (cause) => { toast.error(asProblem(cause).detail); },
  });
  return <Button loading={add.isPending || add.isSuccess} onClick={() => add.mutate()}>Use the sample model</Button>;
}
