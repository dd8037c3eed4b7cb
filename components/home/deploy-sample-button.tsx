"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { deploymentHref } from "@/lib/api-client/hrefs";
import { deploySample, type SampleStep } from "./deploy-sample";

const words: Record<SampleStep, string> = { project: "Creating the project demo", model: "Adding the model and reading its header", deployment: "Starting it on this machine" };

/** Puts the sample in place and leads to its page. `project` null: creates the first one. */
export function DeploySampleButton({ project }: { project: string | null }) {
  const router = useRouter();
  const client = useQueryClient();
  const [step, setStep] = useState<SampleStep | null>(null);
  const run = useMutation({
    mutationFn: () => deploySample(project, setStep),
    onSuccess: async (made) => {
      await client.invalidateQueries();
      router.push(deploymentHref(made.project, made.deployment));
      router.refresh();
    },
  });
  const working = run.isPending || run.isSuccess;
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button variant="primary" size="lg" loading={working} onClick={() => run.mutate()}><Rocket aria-hidden />Deploy the sample</Button>
        <p role="status" className="text-sm text-ink-muted">{working && step ? `${words[step]}…` : ""}</p>
      </div>
      {run.isError ? <Notice state="failed" title="The sample was not deployed">{run.error.message}</Notice> : null}
    </div>
  );
}
