"use client";
import { PackageOpen } from "lucide-react";
import Link from "next/link";
import { asProblem } from "@/components/form/as-problem";
import { DeployForm } from "@/components/deploy/deploy-form";
import { useDeployOptions } from "@/components/deploy/use-deploy-options";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonText } from "@/components/ui/skeleton";
import { modelHref } from "@/lib/api-client/hrefs";

export type WizardProps = { project: string; model: { slug: string; displayName: string }; /** null: the model has none. */ version: number | null; profile?: string; /** One that is free. */ name: string };

/** From a model to a running deployment on one page; what is asked is filled in, so that "Deploy" is the next click. */
export function DeployWizard(props: WizardProps) {
  const options = useDeployOptions(props.project, props.model.slug);
  return (
    <>
      <PageHeader title={`Deploy ${props.model.displayName}`} meta={<span>Everything is filled in; change what should be different</span>} />
      {options.error ? <ErrorState title="Could not read what there is to choose from" reason={asProblem(options.error).detail} onRetry={options.retry} />
        : props.version === null ? (
          <div className="panel"><EmptyState icon={<PackageOpen aria-hidden />} title="There is nothing to deploy yet" actions={<Link href={modelHref(props.project, props.model.slug)} className={buttonClass({ variant: "primary" })}>Upload a version</Link>}>The model has no version. Upload its file or folder first.</EmptyState></div>
        ) : options.data ? <DeployForm {...props} version={props.version} options={options.data} /> : <div className="panel p-4" role="status" aria-label="Loading"><SkeletonText lines={10} /></div>}
    </>
  );
}
