import { FolderPlus } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { newProjectHref } from "@/lib/api-client/hrefs";

/** For whoever sees no project yet: the next step where they may take it, and whom to ask where not. */
export function NoProjects({ mayCreate }: { mayCreate: boolean }) {
  if (!mayCreate) {
    return (
      <EmptyState icon={<FolderPlus aria-hidden />} title="You are not in a project yet">
        Models and deployments live in projects. Ask an owner or a platform person of your Slipway to add you to one; it shows here at once.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<FolderPlus aria-hidden />} title="Create your first project" actions={<Link href={newProjectHref} className={buttonClass({ variant: "primary" })}>Create project</Link>}>
      A project holds models, deployments, secrets and the people who work on them. It comes with an environment for development and a quota for model files; both can be changed in the settings.
    </EmptyState>
  );
}
