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
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import { fetchWithEtag } from "@/lib/api-client/fetch-json";
import { putSecretSchema, secretNameSchema } from "@/lib/secrets/schema";

const formSchema = z.object({ name: secretNameSchema, value: putSecretSchema.shape.value });
type Props = { /** name null: a new one. */ editing: { name: string | null } | null; onClose: () => void; path: string; onSaved: () => void };

/** A new secret, or another value for one. */
export function SecretDialog({ editing, onClose, path, onSaved }: Props) {
  const replaces = editing?.name ?? null;
  return (
    <Dialog open={editing !== null} onOpenChange={(open) => { if (!open) onClose(); }} title={replaces ? `Replace the value of ${replaces}` : "New secret"} description={replaces ? "Running replicas keep the old value until they are replaced." : "The value cannot be read again, by anybody."}
      footer={<><Button onClick={onClose}>Cancel</Button><Button variant="primary" type="submit" form="secret">{replaces ? "Replace value" : "Save secret"}</Button></>}>
      {editing ? <SecretForm name={replaces} path={path} onDone={() => { onSaved(); onClose(); }} /> : null}
    </Dialog>
  );
}

function SecretForm({ name, path, onDone }: { name: string | null; path: string; onDone: () => void }) {
  const form = useForm({ resolver: zodResolver(formSchema), defaultValues: { name: name ?? "", value: "" } });
  const { problem, attempt } = useProblem(form.setError, ["name", "value"]);
  const { errors } = form.formState;
  const submit = form.handleSubmit((values) => attempt(async () => {
    const { status } = await fetchWithEtag(`${path}/${encodeURIComponent(values.name)}`, { method: "PUT", body: { value: values.value } });
    toast.success(status === 201 ? `Secret ${values.name} saved` : `Value of ${values.name} replaced`);
    onDone();
  }));
  return (
    <form id="secret" onSubmit={(e) => void submit(e)} noValidate aria-busy={form.formState.isSubmitting || undefined} className="grid gap-4">
      {name ? null : <Field label="Name" hint="As the environment variable: letters, digits, underscores." error={sentence(errors.name?.message)} required><Input {...form.register("name")} mono maxLength={63} autoComplete="off" autoCapitalize="characters" spellCheck={false} placeholder="HF_TOKEN" /></Field>}
      <Field label="Value" error={sentence(errors.value?.message)} required><Textarea {...form.register("value")} mono rows={3} autoComplete="off" spellCheck={false} /></Field>
      <ProblemNotice problem={problem} />
    </form>
  );
}
