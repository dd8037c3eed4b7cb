"use client";
import { useState } from "react";
import { ProfileComparison } from "@/components/deploy/profile-comparison";
import { TrafficFields } from "@/components/deploy/traffic-fields";
import { FIRST_TRAFFIC, type Traffic } from "@/components/deploy/traffic";
import { useMeasuredSeconds } from "@/components/deploy/use-forecast";
import { useCatalogue } from "@/components/profiles/use-catalogue";
import { Panel } from "@/components/ui/panel";

const SCALING = { min: 1, max: 4 };

/** What this model would cost on every profile it fits, before anybody starts to deploy it. */
export function ModelComparison({ project, model, version }: { project: string; model: string; version: number }) {
  const [declared, setDeclared] = useState<Traffic | null>(null);
  const measured = useMeasuredSeconds(project, model).data ?? null;
  const profiles = useCatalogue();
  const traffic = declared ?? { ...FIRST_TRAFFIC, seconds: measured?.seconds ?? FIRST_TRAFFIC.seconds };
  return (
    <>
      <Panel title="What it would cost" description="Traffic that you expect, on 1 to 4 replicas. The wizard takes other bounds"><TrafficFields traffic={traffic} onChange={setDeclared} measured={measured} isMeasured={measured !== null && traffic.seconds === measured.seconds} /></Panel>
      <ProfileComparison project={project} model={model} version={version} profiles={profiles.data ?? []} scaling={SCALING} traffic={traffic} />
    </>
  );
}
