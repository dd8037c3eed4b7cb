import { Rocket } from "lucide-react";
import Link from "next/link";
import { AddSampleButton } from "@/components/models/add-sample-button";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { modelsHref } from "@/lib/api-client/hrefs";

/** No deployment yet: the way to the first one. */
export function DeploymentsEmpty({ project, mayDeploy }: { project: string; mayDeploy: boolean }) {
  if (!mayDeploy) return <EmptyState icon={<Rocket aria-hidden />} title="Nothing is deployed yet">You can read this project. Whoever is a deployer in it can deploy the first model; it shows here at once.</EmptyState>;
  return (
    <EmptyState icon={<Rocket aria-hidden />} title="Nothing is deployed yet" actions={<><Link href={modelsHref(project)} className={buttonClass({ variant: "primary" })}>Choose a model</Link><AddSampleButton project={project} /></>}>
      A deployment is a version of a model on a hardware profile, with an address, a price and measures. Begin with a model of your own, or with the sample that comes with Slipway.
    </EmptyState>
  );
}
