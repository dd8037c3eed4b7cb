import { Link2Off } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";

/** The address has no token, or one that no longer works: what to do instead. */
export function BrokenLink({ title, children, actions }: { title: string; children: ReactNode; actions?: ReactNode }) {
  return <div className="panel"><EmptyState icon={<Link2Off aria-hidden />} title={title} actions={actions} className="py-8">{children}</EmptyState></div>;
}
