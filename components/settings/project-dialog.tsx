"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { ProblemNotice } from "@/components/form/problem-notice";
import { sentence } from "@/components/form/sentence";
import { useProblem } from "@/components/form/use-problem";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { slugSchema } from "@/lib/api/schema";
import { formatBytes } from "@/lib/format/bytes";
import type { ProjectDto } from "@/lib/projects/schema";
import { DEFAULT_PROJECT_QUOTA_BYTES } from "@/lib/retention";

const GIB = 1024 ** 3;
const formSchema = z.object({
  name: slugSchema, displayName: z.string().trim().max(80, "may have at most 80 characters"),
  quotaGib: z.string().trim().regex(/^(\d{1,6}(\.\d{1,3})?)?$/, "must be an amount in GiB, like 50").refine((v) => v === "" || Number(v) * GIB >= 1024 ** 2, "must be at least 0.001 GiB"),
});
type Props = { creating: boolean; editing: ProjectDto | null; onClose: () => void; /** `created`: the new project's slug; null after a change. */ onSaved: (created: string | null) => void };

/** A new project, or one's name and quota. */
export function ProjectDialog({ creating, editing, onClose, onSaved }: Props) {
  const open = creating || editing !== null;
  return (
    <Dialog open={open} onOpenChange={(next) => { if (!next) onClose(); }} title={editing ? `Edit ${editing.displayName}` : "New project"} description={editing ? undefined : "It starts with one environment, dev. You can add people to it right after."}
      footer={<><Button onClick={onClose}>Cancel</Button><Button variant="primary" type="submit" form="project">{editing ? "Save changes" : "Create project"}</Button></>}>
      {open ? <ProjectForm before={editing} onDone={(created) => { onClose(); onSaved(created); }} /> : null}
    </Dialog>
  );
}

function ProjectForm({ before, onDone }: { before: ProjectDto | null; onDone: (created: string | null) => void }) {
  const form = useForm({ resolver: zodResolver(formSchema), defaultValues: { name: before?.slug ?? "", displayName: before?.displayName ?? "", quotaGib: before ? String(Math.round((before.quotaBytes / GIB) * 1000) / 1000) : "" } });
  const { problem, attempt } = useProblem(form.setError, ["name", "displayName"]);
  const { errors, dirtyFields } = form.formState;
  const submit = form.handleSubmit((v) => attempt(async () => {
    const quotaBytes = v.quotaGib === "" || (before && !dirtyFields.quotaGib) ? undefined : Math.round(Number(v.quotaGib) * GIB);
    const body = { displayName: v.displayName || undefined, quotaBytes };
    if (before) await fetchJson(`/api/v1/projects/${before.slug}`, { method: "PATCH", body });
    else await fetchJson("/api/v1/projects", { body: { ...body, name: v.name } });
    toast.success(before ? "Project saved" : `Project ${v.displayName || v.name} created`);
    onDone(before ? null : v.name);
  }));
  return (
    <form id="project" onSubmit={(e) => void submit(e)} noValidate aria-busy={form.formState.isSubmitting || undefined} className="grid gap-4">
      {before ? null : <Field label="Name" hint="Lower-case letters, digits and hyphens. Part of every address, so it stays as it is." error={sentence(errors.name?.message)} required><Input {...form.register("name")} mono maxLength={40} placeholder="sentiment" autoComplete="off" autoCapitalize="none" spellCheck={false} /></Field>}
      <Field label="Display name" optional={!before} error={sentence(errors.displayName?.message)}><Input {...form.register("displayName")} maxLength={80} autoComplete="off" /></Field>
      <Field label="Quota for model files" optional={!before} hint={before ? undefined : `Empty: ${formatBytes(Number(DEFAULT_PROJECT_QUOTA_BYTES))}.`} error={sentence(errors.quotaGib?.message)}><Input {...form.register("quotaGib")} inputMode="decimal" autoComplete="off" after="GiB" className="tabular" /></Field>
      <ProblemNotice problem={problem} />
    </form>
  );
}
