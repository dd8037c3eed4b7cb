import type { Metadata } from "next";
import { InstanceCatalogue } from "@/components/instances/instance-catalogue";
import { Prefetch } from "@/components/query/prefetch";
import { keys } from "@/lib/api-client/query-keys";
import { requirePageSession } from "@/lib/auth/page-session";
import { allows } from "@/lib/auth/permissions";
import { listInstanceTypes } from "@/lib/prices/list-instance-types";
import { listReadings } from "@/lib/prices/list-readings";
import { DEFAULT_REGION } from "@/lib/profiles/catalogue";
import { awsRegionSchema } from "@/lib/targets/eks/region";

export const metadata: Metadata = { title: "Instance types" };

type Props = { searchParams: Promise<{ region?: string | string[] }> };

export default async function InstancesPage({ searchParams }: Props) {
  const actor = await requirePageSession();
  const asked = awsRegionSchema.safeParse((await searchParams).region);
  const region = asked.success ? asked.data : DEFAULT_REGION;
  return (
    <Prefetch queries={[{ queryKey: keys.instanceTypes(region), queryFn: () => listInstanceTypes(region) }, { queryKey: keys.prices, queryFn: () => listReadings() }]}>
      <InstanceCatalogue mayRefresh={allows(actor, "profile.manage", null)} />
    </Prefetch>
  );
}
