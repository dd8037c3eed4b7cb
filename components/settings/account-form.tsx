"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { ProblemNotice } from "@/components/form/problem-notice";
import { sentence } from "@/components/form/sentence";
import { useProblem } from "@/components/form/use-problem";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Panel } from "@/components/ui/panel";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { updateMeSchema, type MeDto } from "@/lib/users/me-schema";

/** One's own name. The e-mail address is who one is here and does not change. */
export function AccountForm({ name, email }: { name: string; email: string }) {
  const router = useRouter();
  const form = useForm({ resolver: zodResolver(updateMeSchema), defaultValues: { name } });
  const { problem, attempt } = useProblem(form.setError, ["name"]);
  const { errors, isSubmitting, isDirty } = form.formState;
  const submit = form.handleSubmit((values) => attempt(async () => {
    const me = await fetchJson<MeDto>("/api/v1/me", { method: "PATCH", body: values });
    form.reset({ name: me.user?.name ?? values.name });
    router.refresh();
    toast.success("Name saved");
  }));
  return (
    <Panel title="Your name" description="Shown to the people of your projects and in the audit log.">
      <form onSubmit={(e) => void submit(e)} noValidate className="grid max-w-md gap-4">
        <Field label="Name" error={sentence(errors.name?.message)} required><Input {...form.register("name")} autoComplete="name" maxLength={80} /></Field>
        <Field label="E-mail" hint="You sign in with it. It cannot be changed."><Input value={email} disabled readOnly /></Field>
        <ProblemNotice problem={problem} />
        <div><Button type="submit" loading={isSubmitting} disabled={!isDirty}>Save name</Button></div>
      </form>
    </Panel>
  );
}
