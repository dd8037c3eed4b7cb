import type { ReactNode } from "react";
import { requirePageProject } from "@/lib/auth/page-session";

type Props = { params: Promise<{ project: string }>; children: ReactNode };

/**
 * A project that is not there answers 404: a page below a loading.tsx says so too late, when 200 and the frame have been sent. It keeps
 * nobody out by itself: every page asks for its own rights.
 */
export default async function ProjectLayout({ params, children }: Props) {
  await requirePageProject((await params).project, "project.read");
  return children;
}
