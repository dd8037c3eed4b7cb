import { Compass } from "lucide-react";
import Link from "next/link";
import { EmptyState } from "@/components/ui/empty-state";
import { buttonClass } from "@/components/ui/button";

/** The one answer for what is not there and for what one may not see. */
export default function PortalNotFound() {
  return (
    <EmptyState headingLevel={1} icon={<Compass aria-hidden />} title="There is no such page, or you have no access to it"
      actions={<Link href="/app" className={buttonClass()}>Go to the home page</Link>}>
      It may have been deleted or renamed. An owner can tell you, and give you access to a project.
    </EmptyState>
  );
}
