"use client";
import { Rocket } from "lucide-react";
import { useState } from "react";
import { asProblem } from "@/components/form/as-problem";
import { ProblemNotice } from "@/components/form/problem-notice";
import { Button } from "@/components/ui/button";
import type { ApiProblem } from "@/lib/api-client/api-problem";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { deployHref } from "@/lib/api-client/hrefs";
import type { SampleDto } from "@/lib/samples/schema";

const PROJECT = { name: "playground", displayName: "Playground" };

/** Makes a project for trying things, puts the sample model into it, and opens its deployment. What is there already is used. */
export function DeploySampleButton() {
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [working, setWorking] = useState(false);
  const start = async () => {
    setProblem(null);
    setWorking(true);
    try {
      await fetchJson("/api/v1/projects", { body: PROJECT }).catch((cause: unknown) => { if (asProblem(cause).code !== "already_exists") throw cause; });
      const { model } = await fetchJson<SampleDto>(`/api/v1/projects/${PROJECT.name}/samples`, { body: {} });
      window.location.assign(deployHref(PROJECT.name, model.slug));
    } catch (cause) {
      setProblem(asProblem(cause));
      setWorking(false);
    }
  };
  return (
    <>
      <ProblemNotice problem={problem} />
      <Button variant="primary" size="lg" loading={working} onClick={() => void start()}><Rocket aria-hidden />Deploy the sample</Button>
    </>
  );
}
