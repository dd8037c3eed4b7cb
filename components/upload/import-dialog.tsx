"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { importOf, type ImportFields, type ImportKind } from "@/components/upload/import-of";
import { asProblem } from "@/components/form/as-problem";
import { ProblemNotice } from "@/components/form/problem-notice";
import { sentence } from "@/components/form/sentence";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { toast } from "@/components/ui/toast";
import { ApiProblem, fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import { importRequestSchema } from "@/lib/models/import/schema";

type Props = { open: boolean; onOpenChange: (open: boolean) => void; project: string; model: string };
const EMPTY: ImportFields = { url: "", filename: "", repo: "", revision: "", patterns: "", tokenSecret: "", uri: "", region: "", image: "", pullSecret: "" };

/** A version whose files are fetched from elsewhere by a worker. */
export function ImportDialog({ open, onOpenChange, project, model }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Import a version of ${model}`} description="The files are fetched by Slipway, read without being run, and kept as an upload would be."
      footer={<><Button onClick={() => onOpenChange(false)}>Cancel</Button><Button variant="primary" type="submit" form="import">Start import</Button></>}>
      {open ? <ImportForm project={project} model={model} onDone={() => onOpenChange(false)} /> : null}
    </Dialog>
  );
}

function ImportForm({ project, model, onDone }: { project: string; model: string; onDone: () => void }) {
  const client = useQueryClient();
  const [kind, setKind] = useState<ImportKind>("url");
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const form = useForm<ImportFields>({ defaultValues: EMPTY });
  const { errors } = form.formState;
  // The API's paths are those of the request; the form's fields are its last parts.
  const show = (path: string, message: string): boolean => {
    const field = path.split(".").filter((part) => !/^\d+$/.test(part)).at(-1)?.replace("allowPatterns", "patterns");
    if (!field || !(field in EMPTY)) return false;
    form.setError(field as keyof ImportFields, { type: "server", message }, { shouldFocus: true });
    return true;
  };
  const submit = form.handleSubmit(async (fields) => {
    setProblem(null);
    const request = importOf(kind, fields);
    const checked = importRequestSchema.safeParse(request.import);
    const own = checked.success ? [] : request.schema.safeParse(request.import).error?.issues ?? [];
    if (own.length > 0) return own.forEach((i) => show(i.path.join("."), i.message));
    try {
      await fetchJson(`/api/v1/projects/${project}/models/${model}/versions`, { body: { import: request.import } });
      await client.invalidateQueries({ queryKey: kind === "image" ? keys.models(project) : [...keys.model(project, model), "imports"] });
      toast.success(kind === "image" ? "The image is a version now; a platform person has to approve it" : "The import has started");
      onDone();
    } catch (cause) {
      const refused = asProblem(cause);
      if (!refused.fields.map((f) => show(f.path, f.message)).some(Boolean)) setProblem(refused);
    }
  });
  const of = (name: keyof ImportFields) => sentence(errors[name]?.message);
  return (
    <form id="import" onSubmit={(e) => void submit(e)} noValidate aria-busy={form.formState.isSubmitting || undefined} className="grid gap-4">
      <SegmentedControl aria-label="Where from" size="md" value={kind} onValueChange={(v) => { setKind(v); form.clearErrors(); }} options={[{ value: "url", label: "https URL" }, { value: "huggingFace", label: "Hugging Face" }, { value: "s3", label: "S3" }, { value: "image", label: "Image" }]} />
      {kind === "url" ? (
        <>
          <Field label="URL" required error={of("url")} hint="One file, over https"><Input mono type="url" autoComplete="off" placeholder="https://example.com/model.onnx" {...form.register("url")} /></Field>
          <Field label="File name" optional error={of("filename")} hint="The last part of the URL where left empty"><Input mono autoComplete="off" {...form.register("filename")} /></Field>
        </>
      ) : kind === "huggingFace" ? (
        <>
          <Field label="Repository" required error={of("repo")}><Input mono autoComplete="off" placeholder="owner/name" {...form.register("repo")} /></Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Revision" optional error={of("revision")} hint="main where left empty; its commit is recorded"><Input mono autoComplete="off" placeholder="main" {...form.register("revision")} /></Field>
            <Field label="Secret with a token" optional error={of("tokenSecret")} hint="For a private repository"><Input mono autoComplete="off" placeholder="HF_TOKEN" {...form.register("tokenSecret")} /></Field>
          </div>
          <Field label="Only these files" optional error={of("patterns")} hint="Patterns, parted by commas"><Input mono autoComplete="off" placeholder="*.onnx, config.json" {...form.register("patterns")} /></Field>
        </>
      ) : kind === "image" ? (
        <>
          <Field label="Container image" required error={of("image")} hint="Its tag is looked up and kept by digest; the bytes stay at the registry"><Input mono autoComplete="off" placeholder="registry.example.com/team/model:1.4" {...form.register("image")} /></Field>
          <Field label="Secret with the registry's login" optional error={of("pullSecret")} hint="A .dockerconfigjson, for a private image"><Input mono autoComplete="off" placeholder="REGISTRY_LOGIN" {...form.register("pullSecret")} /></Field>
        </>
      ) : (
        <>
          <Field label="Address" required error={of("uri")} hint="One object, or all under a prefix that ends with /"><Input mono autoComplete="off" placeholder="s3://bucket/models/bert/" {...form.register("uri")} /></Field>
          <Field label="Region" optional error={of("region")}><Input mono autoComplete="off" placeholder="us-east-1" {...form.register("region")} /></Field>
        </>
      )}
      <ProblemNotice problem={problem} />
    </form>
  );
}
