"use client";
import { ChevronDown, ChevronUp } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { PickedFile } from "@/components/upload/read-drop";
import { UploadItem } from "@/components/upload/upload-item";
import type { JobView } from "@/components/upload/upload-job";

export type TrayActions = {
  onPause: (id: string) => void; onResume: (id: string) => void; onCancel: (id: string) => void; onDismiss: (id: string) => void;
  /** Whether these were the files the upload began with. */ onGiveFiles: (id: string, files: PickedFile[]) => boolean;
};

/** What is being uploaded, over every page; it stays until it is dismissed. */
export function UploadTray({ jobs, ...actions }: { jobs: JobView[] } & TrayActions) {
  const [open, setOpen] = useState(true);
  if (jobs.length === 0) return null;
  const running = jobs.filter((j) => j.state === "uploading" || j.state === "waiting" || j.state === "inspecting").length;
  return (
    <section aria-label="Uploads" className="fixed inset-x-2 bottom-2 z-40 overflow-hidden rounded-xl bg-raised shadow-raised outline outline-line animate-appear sm:left-auto sm:right-4 sm:bottom-4 sm:w-104">
      <header className="flex h-10 items-center justify-between gap-2 border-b border-line pl-4 pr-1.5">
        <h2 className="text-sm font-semibold">{running > 0 ? `Uploading ${running === 1 ? "one version" : `${running} versions`}` : "Uploads"}</h2>
        <Button variant="ghost" size="sm" icon aria-label={open ? "Fold the uploads" : "Show the uploads"} aria-expanded={open} onClick={() => setOpen(!open)}>{open ? <ChevronDown aria-hidden /> : <ChevronUp aria-hidden />}</Button>
      </header>
      {open ? <ul className="max-h-[60vh] divide-y divide-line overflow-y-auto">{jobs.map((job) => <li key={job.id} className="p-4"><UploadItem job={job} {...actions} /></li>)}</ul> : null}
    </section>
  );
}
