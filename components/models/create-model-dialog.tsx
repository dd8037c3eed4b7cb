"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { ProblemNotice } from "@/components/form/problem-notice";
import { sentence } from "@/components/form/sentence";
import { useProblem } from "@/components/form/use-problem";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { modelHref } from "@/lib/api-client/hrefs";
import { keys } from "@/lib/api-client/query-keys";
import { createModelSchema, type ModelDto } from "@/lib/models/schema";

const formSchema = z.object({ name: createModelSchema.shape.name, description: z.string().trim().max(2000) });

/** A model without a version yet. Leads to its page. */
export function CreateModelDialog({ open, onOpenChange, project }: { open: boolean; onOpenChange: (open: boolean) => void; project: string }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="New model" description="A model holds versions of the same thing. Its files are uploaded on its page."
      footer={<><Button onClick={() => onOpenChange(false)}>Cancel</Button><Button variant="primary" type="submit" form="create-model">Create model</Button></>}>
      {open ? <CreateModelForm project={project} /> : null}
    </Dialog>
  );
}

function CreateModelForm({ project }: { project: string }) {
  const router = useRouter();
  const client = useQueryClient();
  const form = useForm({ resolver: zodResolver(formSchema), defaultValues: { name: "", description: "" } });
  const { problem, attempt } = useProblem(form.setError, ["name", "description"]);
  const { errors } = form.formState;
  const submit = form.handleSubmit((values) => attempt(async () => {
    const model = await fetchJson<ModelDto>(`/api/v1/projects/${project}/models`, { body: { name: values.name, ...(values.description ? { description: values.description } : {}) } });
    await client.invalidateQueries({ queryKey: keys.models(project) });
    toast.success(`Model ${model.slug} created`);
    router.push(modelHref(project, model.slug));
  }));
  return (
    <form id="create-model" onSubmit={(e) => void submit(e)} noValidate aria-busy={form.formState.isSubmitting || undefined} className="grid gap-4">
      <Field label="Name" hint="Lower-case letters, digits and hyphens. It is part of addresses and cannot be changed." error={sentence(errors.name?.message)} required>
        <Input {...form.register("name")} mono autoFocus maxLength={40} autoComplete="off" autoCapitalize="none" spellCheck={false} placeholder="sentiment" />
      </Field>
      <Field label="Description" optional error={sentence(errors.description?.message)}><Textarea {...form.register("description")} rows={3} maxLength={2000} /></Field>
      <ProblemNotice problem={problem} />
    </form>
  );
}
