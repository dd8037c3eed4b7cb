"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { asProblem } from "@/components/form/as-problem";
import { ProblemNotice } from "@/components/form/problem-notice";
import { sentence } from "@/components/form/sentence";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { PickButtons } from "@/components/upload/pick-buttons";
import type { PickedFile } from "@/components/upload/read-drop";
import { suggestModelName } from "@/components/upload/suggest-name";
import type { UploadProject } from "@/components/upload/upload-provider";
import { ApiProblem, fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import { formatBytes } from "@/lib/format/bytes";
import { slugSchema } from "@/lib/api/schema";
import type { ModelDto } from "@/lib/models/schema";

export type UploadAsk = { project: string | undefined; model: string | undefined; files: PickedFile[] };
type Props = { ask: UploadAsk | null; projects: UploadProject[]; onClose: () => void; onStart: (at: { project: string; model: string }, files: PickedFile[]) => void };

/** What is uploaded, and where to. An existing model gets a new version, a new name makes a model. */
export function UploadDialog({ ask, projects, onClose, onStart }: Props) {
  return (
    <Dialog open={ask !== null} onOpenChange={(open) => { if (!open) onClose(); }} title={ask?.model ? `New version of ${ask.model}` : "Upload a model"}
      description="It is read without being run, and becomes a version once every byte is there and checked.">
      {ask ? <UploadForm key={JSON.stringify([ask.project, ask.model, ask.files.map((f) => f.path)])} ask={ask} projects={projects} onClose={onClose} onStart={onStart} /> : null}
    </Dialog>
  );
}

function UploadForm({ ask, projects, onClose, onStart }: Props & { ask: UploadAsk }) {
  const client = useQueryClient();
  const [files, setFiles] = useState(ask.files);
  const [project, setProject] = useState(ask.project ?? "");
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [pending, setPending] = useState(false);
  const name = ask.model ?? typed ?? suggestModelName(files.map((f) => f.path));
  const valid = slugSchema.safeParse(name).success;
  const known = useQuery({
    queryKey: [...keys.model(project, name), "is-there"], enabled: project !== "" && valid && !ask.model, retry: false, staleTime: 5_000,
    queryFn: ({ signal }) => fetchJson<ModelDto>(`/api/v1/projects/${project}/models/${name}`, { signal }).then((m) => m.latestVersion ?? 0, (cause: unknown) => { if (cause instanceof ApiProblem && cause.status === 404) return null; throw cause; }),
  });
  const totalBytes = files.reduce((sum, f) => sum + f.file.size, 0);

  const submit = async (e: FormEvent) => {
    e.preventDefault();
    const checked = slugSchema.safeParse(name);
    if (!checked.success) return setError(checked.error.issues[0]!.message);
    if (files.length === 0 || pending) return;
    setPending(true);
    setProblem(null);
    try {
      if (!ask.model && known.data === null) {
        await fetchJson(`/api/v1/projects/${project}/models`, { body: { name } }).catch((cause: unknown) => { if (!(cause instanceof ApiProblem && cause.code === "already_exists")) throw cause; });
        await client.invalidateQueries({ queryKey: keys.models(project) });
      }
      onStart({ project, model: name }, files);
    } catch (cause) {
      const refused = asProblem(cause);
      const field = refused.fields.find((f) => f.path === "name");
      if (field) setError(field.message);
      else setProblem(refused);
    } finally {
      setPending(false);
    }
  };

  return (
    <form onSubmit={(e) => void submit(e)} noValidate className="grid gap-4">
      <div className="grid gap-3 rounded-lg border border-dashed border-line-strong bg-sunken p-4">
        {files.length === 0 ? <p className="text-ink-muted">Drop a file or a folder anywhere in the window, or choose one.</p> : (
          <>
            <p className="flex justify-between gap-3"><span className="min-w-0 truncate font-medium">{files.length === 1 ? files[0]!.path : `${files.length} files in ${files[0]!.path.split("/")[0]}`}</span><span className="figure text-sm text-ink-muted">{formatBytes(totalBytes)}</span></p>
            {files.length > 1 ? <ul tabIndex={0} aria-label="Files to upload" className="max-h-32 overflow-y-auto text-sm text-ink-muted">{files.map((f) => <li key={f.path} className="flex justify-between gap-3"><span className="truncate font-mono text-xs">{f.path}</span><span className="figure text-xs">{formatBytes(f.file.size)}</span></li>)}</ul> : null}
          </>
        )}
        <div className="flex flex-wrap gap-2"><PickButtons onPick={setFiles} size="sm" fileLabel={files.length > 0 ? "Choose another file" : "Choose a file"} /></div>
      </div>
      {files.length > 500 ? <Notice state="warning" title="A version may have at most 500 files">Leave out what the model does not need, such as checkpoints of the optimiser.</Notice> : null}
      {ask.model ? null : (
        <>
          {projects.length > 1 ? <Field label="Project"><Select options={projects.map((p) => ({ value: p.slug, label: p.name }))} value={project} onValueChange={setProject} /></Field> : null}
          <Field label="Model" required error={sentence(error ?? undefined)} hint={!valid ? "Lower-case letters, digits and hyphens" : known.data === null ? "A new model" : known.data === undefined ? "Lower-case letters, digits and hyphens" : `Becomes version ${known.data + 1} of the model that is there`}>
            <Input mono value={name} maxLength={40} autoComplete="off" autoCapitalize="none" spellCheck={false} placeholder="sentiment" onChange={(e) => { setTyped(e.target.value); setError(null); }} />
          </Field>
        </>
      )}
      <ProblemNotice problem={problem} />
      <div className="flex justify-end gap-2"><Button onClick={onClose}>Cancel</Button><Button variant="primary" type="submit" loading={pending || known.isLoading} disabled={files.length === 0 || files.length > 500}>Upload</Button></div>
    </form>
  );
}
