import type { ReactNode } from "react";
import { requirePageModel } from "@/lib/models/page-model";

type Props = { params: Promise<{ project: string; model: string }>; children: ReactNode };

/** Asked above loading.tsx, so that a missing model answers 404 and not 200 with the words of it. */
export default async function DeployLayout({ params, children }: Props) {
  await requirePageModel(params, "deployment.write");
  return children;
}
