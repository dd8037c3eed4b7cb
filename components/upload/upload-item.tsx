"use client";
import { Pause, Play, X } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { FindingList, type Finding } from "@/components/models/finding-list";
import { Button, buttonClass } from "@/components/ui/button";
import { Meter } from "@/components/ui/meter";
import { Status, type State } from "@/components/ui/status";
import { PickButtons } from "@/components/upload/pick-buttons";
import type { JobState, JobView } from "@/components/upload/upload-job";
import type { TrayActions } from "@/components/upload/upload-tray";
import { deployHref, modelHref } from "@/lib/api-client/hrefs";
import { formatBytes } from "@/lib/format/bytes";
import { formatDurationSeconds } from "@/lib/format/duration";

const WORDS: Record<JobState, { state: State; word: string }> = {
  uploading: { state: "progressing", word: "Uploading" }, waiting: { state: "warning", word: "Connection lost, trying again" }, paused: { state: "stopped", word: "Paused" },
  "files-needed": { state: "stopped", word: "Interrupted" }, inspecting: { state: "progressing", word: "Inspecting" }, done: { state: "ready", word: "Accepted" },
  refused: { state: "failed", word: "Refused" }, failed: { state: "failed", word: "Stopped" },
};

/** One version on its way, and what came of it. */
export function UploadItem({ job, onPause, onResume, onCancel, onDismiss, onGiveFiles }: { job: JobView } & TrayActions) {
  const [otherFiles, setOtherFiles] = useState(false);
  const title = job.files.length === 1 ? job.files[0]!.path : `${job.files[0]!.path.split("/")[0]}, ${job.files.length} files`;
  const quarantined = job.version?.state === "quarantined";
  const look = quarantined ? { state: "warning" as const, word: "Quarantined" } : WORDS[job.state];
  const left = job.bytesPerSecond ? (job.totalBytes - job.sentBytes) / job.bytesPerSecond : null;
  const over = job.state === "done" || job.state === "refused";
  return (
    <div className="grid gap-2">
      <div className="flex items-start justify-between gap-2">
        <div className="grid min-w-0">
          <span className="truncate font-medium">{title}</span>
          <span className="truncate text-sm text-ink-muted">{job.version ? `Version ${job.version.version} of` : "for"} <Link href={modelHref(job.project, job.model)} className="link">{job.model}</Link></span>
        </div>
        <div className="flex shrink-0 gap-0.5">
          {job.state === "uploading" || job.state === "waiting" ? <Button variant="ghost" size="sm" icon aria-label={`Pause ${title}`} onClick={() => onPause(job.id)}><Pause aria-hidden /></Button> : null}
          {job.state === "paused" ? <Button variant="ghost" size="sm" icon aria-label={`Resume ${title}`} onClick={() => onResume(job.id)}><Play aria-hidden /></Button> : null}
          {job.state === "inspecting" ? null : <Button variant="ghost" size="sm" icon aria-label={over ? `Dismiss ${title}` : `Cancel ${title}`} onClick={() => (over ? onDismiss : onCancel)(job.id)}><X aria-hidden /></Button>}
        </div>
      </div>
      {over || job.state === "files-needed" ? null : <Meter kind="progress" label={`Upload of ${title}`} hideLabel tone="progressing" value={job.totalBytes === 0 ? 1 : job.sentBytes / job.totalBytes} valueText={`${formatBytes(job.sentBytes)} of ${formatBytes(job.totalBytes)}`} />}
      <div className="flex flex-wrap items-center justify-between gap-x-3 text-sm">
        <span role="status"><Status state={look.state} size="sm">{look.word}</Status></span>
        {over || job.state === "files-needed" ? null : (
          <span className="figure text-xs text-ink-muted">{formatBytes(job.sentBytes)} of {formatBytes(job.totalBytes)}{job.bytesPerSecond ? ` · ${formatBytes(job.bytesPerSecond)}/s` : ""}{left !== null && left >= 1 ? ` · ${formatDurationSeconds(Math.ceil(left))} left` : ""}</span>
        )}
      </div>
      {job.state === "files-needed" ? (
        <div className="grid gap-2">
          <p className="text-sm text-ink-muted">{otherFiles ? "That is another file, or it was changed since. Choose the one the upload began with, or cancel and start anew." : `The page was left before it was finished. Resume ${title}: choose the same ${job.files.length === 1 ? "file" : "folder"} again; what was sent is kept for a day.`}</p>
          <div className="flex gap-2"><PickButtons size="sm" folder={job.files.some((f) => f.path.includes("/"))} fileLabel={`Resume ${job.files.length === 1 ? title : "with a file"}`} folderLabel="Resume with the folder" onPick={(files) => setOtherFiles(!onGiveFiles(job.id, files))} /></div>
        </div>
      ) : null}
      {job.problem && job.state !== "refused" ? <div className="grid gap-2"><p role="alert" className="text-sm text-failed wrap-anywhere">{job.problem.detail}</p><Button size="sm" className="w-fit" onClick={() => onResume(job.id)}>Try again</Button></div> : null}
      {job.state === "refused" ? <div className="grid gap-2"><p role="alert" className="text-sm text-ink">Nothing was kept.{findingsOf(job).length > 0 ? "" : ` ${job.problem?.detail ?? ""}`}</p><FindingList findings={findingsOf(job)} /></div> : null}
      {job.version ? (
        <div className="grid gap-2">
          <p className="text-sm text-ink-muted">{quarantined ? "It carries code: kept, but not deployable until a platform person approves it." : `${formatBytes(job.version.sizeBytes)}, read to the end without running it.`}</p>
          {job.version.findings.length > 0 ? <FindingList findings={job.version.findings} /> : null}
          {quarantined ? <Link className={buttonClass({ size: "sm" }, "w-fit")} href={`${modelHref(job.project, job.model)}/inspection?version=${job.version.version}`} onClick={() => onDismiss(job.id)}>See what was found</Link>
            : <Link className={buttonClass({ size: "sm" }, "w-fit")} href={deployHref(job.project, job.model, { version: job.version.version })} onClick={() => onDismiss(job.id)}>Deploy version {job.version.version}</Link>}
        </div>
      ) : null}
    </div>
  );
}

function findingsOf(job: JobView): Finding[] {
  const found = job.problem?.extra.findings;
  return Array.isArray(found) ? (found as Finding[]) : [];
}
