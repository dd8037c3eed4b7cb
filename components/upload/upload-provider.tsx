"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { useGlobalFileDrop } from "@/components/shell/use-global-file-drop";
import { FileDropOverlay } from "@/components/ui/file-drop-overlay";
import { UploadDialog, type UploadAsk } from "@/components/upload/upload-dialog";
import { UploadJob, type JobView } from "@/components/upload/upload-job";
import { readRecords } from "@/components/upload/upload-record";
import { UploadTray } from "@/components/upload/upload-tray";
import { readDrop, type PickedFile } from "@/components/upload/read-drop";
import { keys } from "@/lib/api-client/query-keys";

export type UploadProject = { slug: string; name: string };
/** Where a drop on this page goes to, and what the dialog opens with. */
export type UploadPlace = { project?: string; model?: string };

type Uploads = { /** Opens the dialog. */ ask: (place: UploadPlace) => void; /** The page says where drops go; undone by the returned function. */ setPlace: (place: UploadPlace) => () => void };
const UploadContext = createContext<Uploads | null>(null);

/** Uploading from anywhere: use `ask` behind a button. Below /app only. */
export function useUploads(): Uploads {
  const uploads = use(UploadContext);
  if (!uploads) throw new Error("useUploads is used outside the portal's layout");
  return uploads;
}

/** Names the model that files dropped on this page belong to. */
export function UploadTo({ project, model }: { project: string; model: string }) {
  const { setPlace } = useUploads();
  useEffect(() => setPlace({ project, model }), [setPlace, project, model]);
  return null;
}

/** Uploads live above the pages, so that walking about does not end them. `projects`: those the person may upload to. */
export function UploadProvider({ projects, chosen, owner, children }: { projects: UploadProject[]; chosen: string | null; owner: string; children: ReactNode }) {
  const client = useQueryClient();
  const router = useRouter();
  const jobs = useRef(new Map<string, UploadJob>());
  const [views, setViews] = useState<JobView[]>([]);
  const [ask, setAsk] = useState<UploadAsk | null>(null);
  const [place, setPlaceState] = useState<UploadPlace>({});

  const changed = useCallback((job: UploadJob) => {
    jobs.current.set(job.id, job);
    setViews([...jobs.current.values()].map((j) => j.view));
    if (job.view.state !== "done") return;
    void client.invalidateQueries({ queryKey: keys.models(job.project) });
    // Pages that were fetched ahead still say what was there before.
    router.refresh();
  }, [client, router]);

  useEffect(() => {
    for (const record of readRecords(owner, Date.now())) if (!jobs.current.has(record.id)) UploadJob.restore(record, changed);
    const online = () => { for (const job of jobs.current.values()) job.reconnect(); };
    window.addEventListener("online", online);
    return () => window.removeEventListener("online", online);
  }, [owner, changed]);

  const busy = views.some((v) => v.state === "uploading" || v.state === "waiting" || v.state === "inspecting");
  useEffect(() => {
    if (!busy) return;
    const warn = (e: BeforeUnloadEvent) => e.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [busy]);

  const open = useCallback((at: UploadPlace, files: PickedFile[] = []) => setAsk({ project: at.project ?? chosen ?? projects[0]?.slug, model: at.model, files }), [chosen, projects]);
  // Also where nothing may be dropped: the browser would leave Slipway to show the file.
  const nowhere = projects.length === 0;
  const over = useGlobalFileDrop((transfer) => { if (!nowhere) void readDrop(transfer).then((files) => { if (files.length > 0) open(place, files); }); });
  const value = useMemo<Uploads>(() => ({ ask: (at) => open(at), setPlace: (at) => { setPlaceState(at); return () => setPlaceState({}); } }), [open]);

  const remove = (id: string) => { jobs.current.delete(id); setViews([...jobs.current.values()].map((j) => j.view)); };
  const start = (at: { project: string; model: string }, files: PickedFile[]) => { UploadJob.start({ ...at, owner }, files, changed); setAsk(null); };

  return (
    <UploadContext value={value}>
      {children}
      {over && nowhere ? <FileDropOverlay title="No project to upload to yet" hint="A model lives in a project: create one, or ask an owner to add you, and drop the file again" />
        : over ? <FileDropOverlay title={place.model ? `Drop to add a version to ${place.model}` : "Drop to upload a model"} hint="A file, or a whole folder" /> : null}
      <UploadDialog ask={ask} projects={projects} onClose={() => setAsk(null)} onStart={start} />
      <UploadTray jobs={views}
        onPause={(id) => jobs.current.get(id)?.pause()} onResume={(id) => jobs.current.get(id)?.resume()}
        onGiveFiles={(id, files) => jobs.current.get(id)?.giveFiles(files) ?? false}
        onCancel={(id) => { void jobs.current.get(id)?.cancel(); remove(id); }} onDismiss={remove} />
    </UploadContext>
  );
}
