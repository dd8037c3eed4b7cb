"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { CHANNEL_WORDS } from "@/components/alerts/channel-words";
import { asProblem } from "@/components/form/as-problem";
import { ProblemNotice } from "@/components/form/problem-notice";
import { sentence } from "@/components/form/sentence";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { RadioCards } from "@/components/ui/radio-cards";
import { Textarea } from "@/components/ui/textarea";
import type { ApiProblem } from "@/lib/api-client/api-problem";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import { createChannelSchema, type ChannelDto, type MadeChannel } from "@/lib/alerts/schema";

type Props = { project: string; open: boolean; onOpenChange: (open: boolean) => void; mailWorks: boolean };

/** Asks where to tell; then, for a webhook, shows the secret that signs its messages, once. */
export function ChannelDialog({ project, open, onOpenChange, mailWorks }: Props) {
  const [made, setMade] = useState<MadeChannel | null>(null);
  const close = (next: boolean) => { onOpenChange(next); if (!next) setMade(null); };
  if (made?.secret) return (
    <Dialog open={open} onOpenChange={close} title={`Channel ${made.name}`} footer={<Button variant="primary" onClick={() => close(false)}>I have copied it</Button>}>
      <div className="grid gap-4">
        <Notice state="warning" title="Copy the secret now: it is not shown again">Your receiver checks with it that a message is from here. Any library of Standard Webhooks takes it as it is.</Notice>
        <CodeBlock code={made.secret} title="Signing secret" wrap />
        <CodeBlock title="Check a message (Node)" code={'import { Webhook } from "standardwebhooks";\n\n// throws where the signature or the time is not right\nconst { type, data } = new Webhook(secret).verify(body, headers);'} wrap />
      </div>
    </Dialog>
  );
  return (
    <Dialog open={open} onOpenChange={close} title="New channel" description="Where alerts of this project are told." footer={<><Button onClick={() => close(false)}>Cancel</Button><Button variant="primary" type="submit" form="new-channel">Add channel</Button></>}>
      {open ? <ChannelForm project={project} mailWorks={mailWorks} onMade={(c) => { if (c.secret) setMade(c); else close(false); }} /> : null}
    </Dialog>
  );
}

function ChannelForm({ project, mailWorks, onMade }: { project: string; mailWorks: boolean; onMade: (made: MadeChannel) => void }) {
  const client = useQueryClient();
  const [kind, setKind] = useState<ChannelDto["kind"]>("webhook");
  const [text, setText] = useState({ name: "", url: "", to: "" });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // What was refused is where the next key press goes.
  useEffect(() => { if (Object.keys(errors).length > 0) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus(); }, [errors]);
  const addresses = text.to.split(/[\s,;]+/).filter(Boolean);
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    if (busy) return;
    const body = kind === "email" ? { kind, name: text.name, to: addresses } : { kind, name: text.name, url: text.url.trim() };
    const parsed = createChannelSchema.safeParse(body);
    setProblem(null);
    setErrors(parsed.success ? {} : Object.fromEntries(parsed.error.issues.map((i) => [String(i.path[0]), i.path[0] === "to" ? (addresses.length === 0 ? "must name somebody" : `${typeof i.path[1] === "number" ? addresses[i.path[1]] : "one"} is no e-mail address`) : i.message])));
    if (!parsed.success) return;
    setBusy(true);
    try {
      const made = await fetchJson<MadeChannel>(`/api/v1/projects/${project}/alert-channels`, { body: parsed.data });
      await client.invalidateQueries({ queryKey: keys.alertChannels(project) });
      onMade(made);
    } catch (cause) {
      setProblem(asProblem(cause));
    } finally {
      setBusy(false);
    }
  };
  const field = (name: keyof typeof text) => ({ value: text[name], onChange: (e: { target: { value: string } }) => setText({ ...text, [name]: e.target.value }) });
  return (
    <form ref={form} id="new-channel" onSubmit={(e) => void submit(e)} noValidate aria-busy={busy || undefined} className="grid gap-4">
      <Field label="Kind"><RadioCards value={kind} onValueChange={(v) => { setKind(v as ChannelDto["kind"]); setErrors({}); }} options={(Object.keys(CHANNEL_WORDS) as ChannelDto["kind"][]).map((k) => {
        const { title, detail, icon: Icon } = CHANNEL_WORDS[k];
        return { value: k, title, detail, aside: <Icon aria-hidden className="size-4 text-ink-faint" /> };
      })} /></Field>
      <Field label="Name" error={sentence(errors.name)} required><Input {...field("name")} maxLength={80} autoComplete="off" placeholder={kind === "email" ? "On call" : kind === "slack" ? "#model-alerts" : "Pager"} /></Field>
      {kind === "email" ? (
        <>
          <Field label="Addresses" hint="Parted by commas or spaces." error={sentence(errors.to)} required><Textarea {...field("to")} rows={2} autoComplete="off" spellCheck={false} /></Field>
          {mailWorks ? null : <Notice state="warning" title="This Slipway has no mail server">Whoever runs it sets SMTP_URL. Until then messages are tried again, and given up after nine hours.</Notice>}
        </>
      ) : <Field label="URL" hint="A public https address. It may hold a secret, so it is stored sealed and never shown again." error={sentence(errors.url)} required><Input {...field("url")} mono type="url" inputMode="url" autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={2000} placeholder={kind === "slack" ? "https://hooks.slack.com/services/…" : "https://pager.example.com/slipway"} /></Field>}
      <ProblemNotice problem={problem} />
    </form>
  );
}
