"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import { ProblemNotice } from "@/components/form/problem-notice";
import { sentence } from "@/components/form/sentence";
import { useProblem } from "@/components/form/use-problem";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { CodeBlock } from "@/components/ui/code-block";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import { SCOPES, type Scope } from "@/lib/auth/actor";
import { createTokenSchema, TOKEN_DAYS, type TokenDto } from "@/lib/tokens/schema";

export type TokenRights = { /** May make a token without an end, and see everybody's. */ owner: boolean; projects: { slug: string; name: string }[] };

const SCOPE_WORDS: Record<Scope, string> = {
  read: "Read models, deployments, metrics and costs.",
  write: "Upload models, deploy, roll back, delete.",
  predict: "Call deployed models, and nothing else.",
  admin: "Projects, members, people, the audit log: whatever you may do.",
};
const EVERY = "every project"; // no slug has a space
const formSchema = createTokenSchema.omit({ expiresAt: true, project: true }).extend({ project: z.string(), days: z.string() });

/** Asks for a token's name, scopes, project and life; then shows the token, once. */
export function CreateTokenDialog({ open, onOpenChange, rights }: { open: boolean; onOpenChange: (open: boolean) => void; rights: TokenRights }) {
  const [made, setMade] = useState<(TokenDto & { token: string }) | null>(null);
  const close = (next: boolean) => { onOpenChange(next); if (!next) setMade(null); };
  return made
    ? <Dialog open={open} onOpenChange={close} title={`Token ${made.name}`} footer={<Button variant="primary" onClick={() => close(false)}>I have copied it</Button>}><Revealed token={made.token} predictOnly={made.scopes.every((s) => s === "predict")} /></Dialog>
    : <Dialog open={open} onOpenChange={close} title="New API token" description="It acts for you, within your own rights at every use." footer={<><Button onClick={() => close(false)}>Cancel</Button><Button variant="primary" type="submit" form="new-token">Create token</Button></>}>{open ? <TokenForm rights={rights} onMade={setMade} /> : null}</Dialog>;
}

function Revealed({ token, predictOnly }: { token: string; predictOnly: boolean }) {
  return (
    <div className="grid gap-4">
      <Notice state="warning" title="Copy it now: it is not shown again">Slipway keeps only a hash of it. Put it where your script keeps its secrets, never in a repository.</Notice>
      <CodeBlock code={token} title="Token" wrap />
      {predictOnly ? null : <CodeBlock title="Try it" wrap code={`curl -H "Authorization: Bearer $SLIPWAY_TOKEN" ${window.location.origin}/api/v1/me`} />}
    </div>
  );
}

function TokenForm({ rights, onMade }: { rights: TokenRights; onMade: (token: TokenDto & { token: string }) => void }) {
  const client = useQueryClient();
  const form = useForm({ resolver: zodResolver(formSchema), defaultValues: { name: "", scopes: ["read"] as Scope[], project: EVERY, days: String(TOKEN_DAYS.default) } });
  const { problem, attempt } = useProblem(form.setError, ["name", "scopes", "project"]);
  const { errors } = form.formState;
  const submit = form.handleSubmit(({ name, scopes, project, days }) => attempt(async () => {
    const expiresAt = days === "never" ? null : new Date(Date.now() + Number(days) * 86_400_000).toISOString();
    onMade(await fetchJson<TokenDto & { token: string }>("/api/v1/tokens", { body: { name, scopes, expiresAt, ...(project === EVERY ? {} : { project }) } }));
    await client.invalidateQueries({ queryKey: keys.tokens });
  }));
  return (
    <form id="new-token" onSubmit={(e) => void submit(e)} noValidate aria-busy={form.formState.isSubmitting || undefined} className="grid gap-4">
      <Field label="Name" hint="What will use it: a pipeline, a notebook." error={sentence(errors.name?.message)} required><Input {...form.register("name")} maxLength={80} autoComplete="off" /></Field>
      <Controller control={form.control} name="scopes" render={({ field }) => (
        <fieldset className="grid gap-2.5">
          <legend className="mb-2 text-sm font-medium">Scopes</legend>
          {SCOPES.map((s) => <Checkbox key={s} label={<span className="font-medium">{s}</span>} hint={SCOPE_WORDS[s]} checked={field.value.includes(s)} onCheckedChange={(on) => field.onChange(on ? [...field.value, s] : field.value.filter((x) => x !== s))} />)}
          {errors.scopes ? <p role="alert" className="text-sm text-failed">{sentence(errors.scopes.message)}</p> : null}
        </fieldset>
      )} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Controller control={form.control} name="project" render={({ field }) => (
          <Field label="Project" error={sentence(errors.project?.message)}><Select value={field.value} onValueChange={field.onChange} options={[{ value: EVERY, label: "Every project of yours" }, ...rights.projects.map((p) => ({ value: p.slug, label: p.name }))]} /></Field>
        )} />
        <Controller control={form.control} name="days" render={({ field }) => (
          <Field label="Expires"><Select value={field.value} onValueChange={field.onChange} options={[{ value: "7", label: "In 7 days" }, { value: "30", label: "In 30 days" }, { value: "90", label: "In 90 days" }, { value: "365", label: "In a year" }, ...(rights.owner ? [{ value: "never", label: "Never" }] : [])]} /></Field>
        )} />
      </div>
      <ProblemNotice problem={problem} />
    </form>
  );
}
