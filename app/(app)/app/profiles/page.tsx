import type { Metadata } from "next";
import { ProfileCatalogue } from "@/components/profiles/profile-catalogue";
import { fitKey } from "@/components/profiles/use-catalogue";
import { Prefetch } from "@/components/query/prefetch";
import { keys } from "@/lib/api-client/query-keys";
import { requirePageSession } from "@/lib/auth/page-session";
import { allows } from "@/lib/auth/permissions";
import { fitVersion } from "@/lib/models/fit-version";
import { versionNumber } from "@/lib/models/schema";
import { listProfiles } from "@/lib/profiles/list-profiles";
import { findProject } from "@/lib/projects/find-project";

export const metadata: Metadata = { title: "Profiles" };

type Props = { searchParams: Promise<{ project?: string | string[]; model?: string | string[]; version?: string | string[] }> };

export default async function ProfilesPage({ searchParams }: Props) {
  const actor = await requirePageSession();
  const asked = await searchParams;
  const version = versionNumber.safeParse(asked.version);
  // A version the reader may not see is as one that is not there: the catalogue comes without a fit.
  const project = typeof asked.project === "string" && typeof asked.model === "string" && version.success ? await findProject(asked.project) : null;
  const readable = project && allows(actor, "model.read", project.id) ? project : null;
  const chosen = readable && version.success ? { project: readable.slug, model: String(asked.model), version: version.data } : null;
  const fits = chosen && readable ? await fitVersion(readable.id, chosen.model, chosen.version, {}).catch(() => null) : null;
  return (
    <Prefetch queries={[
      { queryKey: keys.profiles, queryFn: async () => (await listProfiles({ limit: 10_000 })).items },
      ...(chosen && fits ? [{ queryKey: fitKey(chosen), queryFn: async () => ({ items: fits }) }] : []),
    ]}>
      <ProfileCatalogue chosen={fits ? chosen : null} missing={asked.version !== undefined && !fits} mayDeploy={readable !== null && allows(actor, "deployment.write", readable.id)} />
    </Prefetch>
  );
}
