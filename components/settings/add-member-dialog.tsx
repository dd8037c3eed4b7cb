"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import { ROLE_WORDS } from "@/components/auth/role-words";
import { ProblemNotice } from "@/components/form/problem-notice";
import { sentence } from "@/components/form/sentence";
import { useProblem } from "@/components/form/use-problem";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { toast } from "@/components/ui/toast";
import { ApiProblem, fetchJson } from "@/lib/api-client/fetch-json";
import type { MemberDto } from "@/lib/members/schema";
import { emailSchema, projectRoleSchema } from "@/lib/users/schema";
import type { SentLink } from "./one-time-link";

const formSchema = z.object({ email: emailSchema, role: projectRoleSchema });
type Props = { open: boolean; onOpenChange: (open: boolean) => void; project: { slug: string; name: string }; onAdded: () => void; onInvited: (link: SentLink) => void };

/** Adds somebody by e-mail address; who has no account yet gets an invitation instead. */
export function AddMemberDialog({ open, onOpenChange, ...rest }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Add a member to ${rest.project.name}`} description="Somebody without an account gets a one-time link to make one."
      footer={<><Button onClick={() => onOpenChange(false)}>Cancel</Button><Button variant="primary" type="submit" form="add-member">Add member</Button></>}>
      {open ? <AddForm {...rest} onDone={() => onOpenChange(false)} /> : null}
    </Dialog>
  );
}

function AddForm({ project, onAdded, onInvited, onDone }: Omit<Props, "open" | "onOpenChange"> & { onDone: () => void }) {
  const form = useForm({ resolver: zodResolver(formSchema), defaultValues: { email: "", role: "deployer" as const } });
  const { problem, attempt } = useProblem(form.setError, ["email", "role"]);
  const { errors } = form.formState;
  const submit = form.handleSubmit(({ email, role }) => attempt(async () => {
    try {
      const member = await fetchJson<MemberDto>(`/api/v1/projects/${project.slug}/members/${encodeURIComponent(email)}`, { method: "PUT", body: { role } });
      toast.success(`${member.name} is now a ${role} in ${project.name}`);
      onAdded();
    } catch (cause) {
      if (!(cause instanceof ApiProblem) || cause.code !== "not_found") throw cause;
      const made = await fetchJson<{ url: string | null; sentTo: string | null; expiresAt: string }>("/api/v1/invitations", { body: { email, project: project.slug, role } });
      onInvited({ ...made, to: email, purpose: "invitation" });
    }
    onDone();
  }));
  return (
    <form id="add-member" onSubmit={(e) => void submit(e)} noValidate aria-busy={form.formState.isSubmitting || undefined} className="grid gap-4">
      <Field label="E-mail" error={sentence(errors.email?.message)} required><Input {...form.register("email")} type="email" autoComplete="off" autoCapitalize="none" spellCheck={false} inputMode="email" /></Field>
      <Controller control={form.control} name="role" render={({ field }) => (
        <Field label="Role"><RadioCards value={field.value} onValueChange={field.onChange} options={projectRoleSchema.options.map((r) => ({ value: r, title: r === "deployer" ? "Deployer" : "Viewer", detail: ROLE_WORDS[r] }))} /></Field>
      )} />
      <ProblemNotice problem={problem} />
    </form>
  );
}
