"use client";
import { CloudDownload, Ellipsis, Rocket, Trash2, Upload } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { DeleteModelDialog } from "@/components/models/delete-model-dialog";
import { formatName } from "@/components/models/format-names";
import { useModel } from "@/components/models/use-model";
import { useVersions } from "@/components/models/use-versions";
import { VersionState } from "@/components/models/version-state";
import { ImportDialog } from "@/components/upload/import-dialog";
import { useUploads } from "@/components/upload/upload-provider";
import { Badge } from "@/components/ui/badge";
import { Button, buttonClass } from "@/components/ui/button";
import { DropdownMenu } from "@/components/ui/dropdown-menu";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { deployHref, modelHref } from "@/lib/api-client/hrefs";

/** Name, state, what can be done, and the tabs. */
export function ModelHeader({ project, slug, mayWrite, mayDeploy }: { project: string; slug: string; mayWrite: boolean; mayDeploy: boolean }) {
  const { data: model } = useModel(project, slug);
  const versions = useVersions(project, slug);
  const uploads = useUploads();
  const [deleting, setDeleting] = useState(false);
  const [importing, setImporting] = useState(false);
  const newest = versions.items.find((v) => v.state === "accepted") ?? versions.items[0];
  const base = modelHref(project, slug);
  return (
    <div className="grid gap-4">
      <PageHeader title={model?.displayName ?? slug} status={model?.state ? <VersionState state={model.state} /> : undefined}
        meta={<>{model && model.displayName !== model.slug ? <span className="font-mono text-sm">{model.slug}</span> : null}{model?.format ? <Badge>{formatName(model.format)}</Badge> : <span>No version yet</span>}</>}
        actions={
          <>
            {mayWrite ? <DropdownMenu trigger={<Button variant="ghost" icon aria-label={`More for ${slug}`}><Ellipsis aria-hidden /></Button>} groups={[{ items: [{ label: "Import a version", icon: <CloudDownload aria-hidden />, onSelect: () => setImporting(true) }] }, { items: [{ label: "Delete model", icon: <Trash2 aria-hidden />, danger: true, onSelect: () => setDeleting(true) }] }]} /> : null}
            {mayWrite ? <Button onClick={() => uploads.ask({ project, model: slug })}><Upload aria-hidden />Upload version</Button> : null}
            {newest?.state === "accepted" && mayDeploy ? <Link href={deployHref(project, slug, { version: newest.version })} className={buttonClass({ variant: "primary" })}><Rocket aria-hidden />Deploy version {newest.version}</Link> : null}
          </>
        } />
      <LinkTabs aria-label="Model" tabs={[{ href: base, label: "Overview", exact: true }, { href: `${base}/versions`, label: "Versions", count: model?.versions }, { href: `${base}/inspection`, label: "Files and inspection" }]} />
      <ImportDialog open={importing} onOpenChange={setImporting} project={project} model={slug} />
      {model ? <DeleteModelDialog open={deleting} onOpenChange={setDeleting} project={project} model={model} /> : null}
    </div>
  );
}
