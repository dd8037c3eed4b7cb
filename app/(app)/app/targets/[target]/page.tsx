import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Prefetch } from "@/components/query/prefetch";
import { SetCrumbs } from "@/components/shell/crumbs";
import { TargetPage } from "@/components/targets/target-page";
import { keys } from "@/lib/api-client/query-keys";
import { requirePageSession } from "@/lib/auth/page-session";
import { allows } from "@/lib/auth/permissions";
import { AppError } from "@/lib/errors";
import { getTarget } from "@/lib/targets-catalogue/get-target";

type Props = { params: Promise<{ target: string }> };

export const metadata: Metadata = { title: "Target" };

export default async function OneTargetPage({ params }: Props) {
  const actor = await requirePageSession();
  const { target: slug } = await params;
  const found = await getTarget(actor, slug).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  return (
    <Prefetch queries={[{ queryKey: [...keys.targets, slug, "detail"], queryFn: async () => ({ data: found.target, etag: found.etag, status: 200 }) }]}>
      <SetCrumbs items={[{ label: "Targets", href: "/app/targets" }, { label: found.target.name }]} />
      <TargetPage slug={slug} mayManage={allows(actor, "target.manage", null)} />
    </Prefetch>
  );
}
