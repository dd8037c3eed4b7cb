"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { Controller, useForm, useWatch } from "react-hook-form";
import { z } from "zod";
import { ROLE_WORDS } from "@/components/auth/role-words";
import { ProblemNotice } from "@/components/form/problem-notice";
import { sentence } from "@/components/form/sentence";
import { useProblem } from "@/components/form/use-problem";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { capital } from "@/lib/format/capital";
import { createInvitationSchema, emailSchema } from "@/lib/users/schema";
import type { SentLink } from "./one-time-link";

const ROLES = ["deployer", "viewer", "platform", "owner"] as const;
const isInstanceRole = (role: (typeof ROLES)[number]) => role === "owner" || role === "platform";
const formSchema = z.object({ email: emailSchema, role: z.enum(ROLES), project: z.string() })
  .refine((v) => isInstanceRole(v.role) || v.project !== "", { path: ["project"], message: "choose the project" });
type Props = { open: boolean; onOpenChange: (open: boolean) => void; mayGiveInstanceRoles: boolean; projects: { slug: string; name: string }[]; onInvited: (link: SentLink) => void };

/** Invites somebody without an account, to a project or to the instance. */
export function InviteDialog({ open, onOpenChange, ...rest }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Invite somebody" description="They get a one-time link, good for seven days."
      footer={<><Button onClick={() => onOpenChange(false)}>Cancel</Button><Button variant="primary" type="submit" form="invite">Make invitation</Button></>}>
      {open ? <InviteForm {...rest} onDone={() => onOpenChange(false)} /> : null}
    </Dialog>
  );
}

function InviteForm({ mayGiveInstanceRoles, projects, onInvited, onDone }: Omit<Props, "open" | "onOpenChange"> & { onDone: () => void }) {
  const roles = ROLES.filter((r) => (isInstanceRole(r) ? mayGiveInstanceRoles : projects.length > 0));
  const form = useForm({ resolver: zodResolver(formSchema), defaultValues: { email: "", role: roles[0]!, project: projects.length === 1 ? projects[0]!.slug : "" } });
  const { problem, attempt } = useProblem(form.setError, ["email", "project", "role"]);
  const { errors } = form.formState;
  const role = useWatch({ control: form.control, name: "role" });
  const submit = form.handleSubmit((v) => attempt(async () => {
    const body: z.input<typeof createInvitationSchema> = isInstanceRole(v.role) ? { email: v.email, instanceRole: v.role as "owner" | "platform" } : { email: v.email, project: v.project, role: v.role as "deployer" | "viewer" };
    onInvited({ ...(await fetchJson<Omit<SentLink, "to" | "purpose">>("/api/v1/invitations", { body })), to: v.email, purpose: "invitation" });
    onDone();
  }));
  return (
    <form id="invite" onSubmit={(e) => void submit(e)} noValidate aria-busy={form.formState.isSubmitting || undefined} className="grid gap-4">
      <Field label="E-mail" error={sentence(errors.email?.message)} required><Input {...form.register("email")} type="email" autoComplete="off" autoCapitalize="none" spellCheck={false} inputMode="email" /></Field>
      <Controller control={form.control} name="role" render={({ field }) => (
        <Field label="Role"><RadioCards value={field.value} onValueChange={field.onChange} options={roles.map((r) => ({ value: r, title: capital(r), detail: ROLE_WORDS[r] }))} /></Field>
      )} />
      {isInstanceRole(role) ? null : (
        <Controller control={form.control} name="project" render={({ field }) => (
          <Field label="Project" error={sentence(errors.project?.message)} required><Combobox value={field.value || undefined} onValueChange={field.onChange} placeholder="Choose the project" options={projects.map((p) => ({ value: p.slug, label: p.name, keywords: [p.slug] }))} /></Field>
        )} />
      )}
      <ProblemNotice problem={problem} />
    </form>
  );
}
