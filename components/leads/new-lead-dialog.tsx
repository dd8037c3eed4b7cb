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
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { leadHref } from "@/lib/api-client/hrefs";
import { keys } from "@/lib/api-client/query-keys";
import { domainOf, emailOf } from "@/lib/leads/keys";

const formSchema = z.object({
  name: z.string().trim().min(1, "must not be empty").max(160, "may have at most 160 characters"),
  website: z.string().trim().refine((v) => v === "" || domainOf(v) !== null, "must be a website such as example.com"),
  person: z.string().trim().max(120, "may have at most 120 characters"), email: z.string().trim().refine((v) => v === "" || emailOf(v) !== null, "is not an e-mail address"),
}).refine((v) => v.email === "" || v.person !== "", { path: ["person"], message: "is needed with an address" });

/** A company by hand, with its first person. */
export function NewLeadDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onOpenChange={(o) => { if (!o) onClose(); }} title="Add a company" description="One that is a lead already, by its website or name, is not made twice."
      footer={<><Button onClick={onClose}>Cancel</Button><Button variant="primary" type="submit" form="new-lead">Add company</Button></>}>
      {open ? <NewLeadForm onDone={onClose} /> : null}
    </Dialog>
  );
}

function NewLeadForm({ onDone }: { onDone: () => void }) {
  const router = useRouter();
  const client = useQueryClient();
  const form = useForm({ resolver: zodResolver(formSchema), defaultValues: { name: "", website: "", person: "", email: "" } });
  const { problem, attempt } = useProblem(form.setError, ["name", "website"]);
  const { errors } = form.formState;
  const submit = form.handleSubmit((v) => attempt(async () => {
    const made = await fetchJson<{ id: string; created: boolean }>("/api/v1/leads", { body: { name: v.name, website: v.website || null, ...(v.person ? { person: { name: v.person, email: v.email || null } } : {}) } });
    toast.success(made.created ? `${v.name} is a lead now` : `${v.name} was a lead already`);
    void client.invalidateQueries({ queryKey: keys.leads });
    onDone();
    router.push(leadHref(made.id));
  }));
  return (
    <form id="new-lead" onSubmit={(e) => void submit(e)} noValidate aria-busy={form.formState.isSubmitting || undefined} className="grid gap-4">
      <Field label="Company" required error={sentence(errors.name?.message)}><Input {...form.register("name")} autoComplete="off" maxLength={160} /></Field>
      <Field label="Website" optional hint="Tells companies of the same name apart." error={sentence(errors.website?.message)}><Input {...form.register("website")} autoComplete="off" inputMode="url" placeholder="example.com" /></Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Person" optional error={sentence(errors.person?.message)}><Input {...form.register("person")} autoComplete="off" maxLength={120} /></Field>
        <Field label="E-mail address" optional error={sentence(errors.email?.message)}><Input {...form.register("email")} autoComplete="off" inputMode="email" /></Field>
      </div>
      <ProblemNotice problem={problem} />
    </form>
  );
}
