"use client";
import { Cpu, X } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { asProblem } from "@/components/form/as-problem";
import { CatalogueTabs } from "@/components/profiles/catalogue-tabs";
import { filterProfiles, type ProfileRow } from "@/components/profiles/filter-profiles";
import { groupSpot } from "@/components/profiles/group-spot";
import { profileColumns, ProfileCard } from "@/components/profiles/profile-columns";
import { ProfileFilterBar, useProfileFilters } from "@/components/profiles/profile-filter-bar";
import { ProfileSheet } from "@/components/profiles/profile-sheet";
import { sourcesOf } from "@/components/profiles/sources-of";
import { useCatalogue, useFits, type VersionRef } from "@/components/profiles/use-catalogue";
import { Button, buttonClass } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { modelHref } from "@/lib/api-client/hrefs";

type Props = { chosen: VersionRef | null; /** A version was named in the address, and is not there for the reader. */ missing: boolean; mayDeploy: boolean };

/** What a model can be deployed on, with price and risk; with a version in the address also whether it fits. */
export function ProfileCatalogue({ chosen, missing, mayDeploy }: Props) {
  const catalogue = useCatalogue();
  const fits = useFits(chosen);
  const filters = useProfileFilters();
  const [open, setOpen] = useState<string | null>(null);
  const [columns] = useState(() => ({ plain: profileColumns(false, setOpen), withFit: profileColumns(true, setOpen) }));
  const all = catalogue.data ?? [];
  const rows = filterProfiles(all, fits.data ?? null, filters.values, filters.sort);
  const shown = open ? (rows.find((p) => p.slug === open) ?? null) : null;

  return (
    <>
      <PageHeader title="Profiles" meta={chosen ? (
        <span>Does version {chosen.version} of <Link className="link" href={modelHref(chosen.project, chosen.model)}>{chosen.model}</Link> fit?</span>
      ) : <span>Hardware that a replica can have: price, interruption risk, memory</span>} actions={chosen ? <Link href="/app/profiles" className={buttonClass()}><X aria-hidden />Without a model</Link> : null} />
      <CatalogueTabs />
      {missing ? <Notice state="warning" title="That version is not there, or you have no access to it">The catalogue is shown without a fit.</Notice> : null}
      {chosen && fits.isError ? <Notice state="failed" title="Could not read whether it fits" actions={<Button size="sm" onClick={() => void fits.refetch()}>Try again</Button>}>{asProblem(fits.error).detail}</Notice> : null}
      <div className="panel overflow-hidden">
        {catalogue.isError && !catalogue.data ? <ErrorState title="Could not read the catalogue" reason={asProblem(catalogue.error).detail} onRetry={() => void catalogue.refetch()} retrying={catalogue.isFetching} /> : (
          <>
            <ProfileFilterBar profiles={all} filters={filters} withFit={chosen !== null} shown={rows.length} of={groupSpot(all, (p) => p.slug).length} />
            <DataTable<ProfileRow> label="Profiles" columns={chosen ? columns.withFit : columns.plain} data={rows} getRowId={(p) => p.slug} sortable={false} loading={catalogue.isPending}
              card={(p) => <ProfileCard profile={p} onOpen={() => setOpen(p.slug)} />}
              empty={all.length > 0 ? <EmptyState icon={<Cpu aria-hidden />} title="No profile passes these filters" actions={<Button onClick={filters.clear}>Show all profiles</Button>}>A profile without a price on file never passes a price limit.</EmptyState>
                : <EmptyState icon={<Cpu aria-hidden />} title="The catalogue is empty">It is filled when Slipway starts. Restart it, and look at its log if this stays.</EmptyState>} />
            <footer className="grid gap-1 border-t border-line px-4 py-2.5 text-sm text-ink-muted">
              {sourcesOf(all).map((s) => <p key={`${s.what}${s.source}${s.asOf}`}>{s.what}: {s.source}, {s.asOf.slice(0, 10)}, {s.ageDays} days old{s.stale ? ", compare with AWS before a large commitment" : ""}.</p>)}
              <p>≈ is an estimate: spot prices are made of the two, and the time of this machine is valued by them. A month has 730 hours.</p>
            </footer>
          </>
        )}
      </div>
      <ProfileSheet profile={shown} onClose={() => setOpen(null)} chosen={chosen} mayDeploy={mayDeploy} />
    </>
  );
}
