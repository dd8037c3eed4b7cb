"use client";
import { useRef, useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Textarea } from "@/components/ui/textarea";

type Problem = { detail: string; fields: Record<string, string> };
const CONSENT_FIELD = "consent";

/** Name, address, message. `formKey` makes the same form sent twice one request; without script the browser posts it by itself. */
export function ContactForm({ formKey, origin, consent, trap }: { formKey: string; origin: Record<string, string>; consent: string; trap: string }) {
  const [state, setState] = useState<"open" | "sending" | "sent">("open");
  const [problem, setProblem] = useState<Problem | null>(null);
  const done = useRef<HTMLDivElement>(null);

  const send = async (e: FormEvent<HTMLFormElement>) => {
    e.preventDefault();
    if (state !== "open") return;
    const form = e.currentTarget;
    setState("sending");
    setProblem(null);
    const refused = await post(form).catch((): Problem => ({ detail: "The server could not be reached, so nothing was sent. Check your connection, then send it again: it is not sent twice.", fields: {} }));
    setState(refused ? "open" : "sent");
    if (!refused) return void requestAnimationFrame(() => done.current?.focus());
    setProblem(refused);
    const first = Object.keys(refused.fields)[0];
    if (first) (form.elements.namedItem(first) as HTMLElement | null)?.focus();
  };

  if (state === "sent") return <div ref={done} tabIndex={-1} className="outline-none"><Notice state="ready" title="Sent">Your message is kept for whoever runs this Slipway. The answer comes to the address you gave.</Notice></div>;
  const error = (field: string) => problem?.fields[field];
  return (
    <form action="/contact/send" method="post" onSubmit={(e) => void send(e)} className="panel grid gap-4 p-5 sm:p-6" aria-label="Contact">
      <input type="hidden" name="formKey" value={formKey} />
      {Object.entries(origin).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <div className="absolute -left-[200vw] size-px overflow-hidden" aria-hidden><label>Leave this empty <input name={trap} tabIndex={-1} autoComplete="off" /></label></div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Your name" required error={error("name")}><Input name="name" required maxLength={120} autoComplete="name" /></Field>
        <Field label="Company" optional error={error("company")}><Input name="company" maxLength={160} autoComplete="organization" /></Field>
      </div>
      <Field label="E-mail address" required error={error("email")}><Input name="email" type="email" required maxLength={254} autoComplete="email" /></Field>
      <Field label="What is it about?" required error={error("message")}><Textarea name="message" required maxLength={4000} rows={6} placeholder="The model, where it runs today, what hurts" /></Field>
      <div className="grid gap-1">
        <label className="flex items-start gap-2.5"><input type="checkbox" name={CONSENT_FIELD} value="yes" required className="mt-1 size-4 shrink-0 accent-(--color-ink)" /><span className="text-ink-muted text-pretty">{consent}</span></label>
        {error(CONSENT_FIELD) ? <p className="text-sm text-failed">{error(CONSENT_FIELD)}</p> : null}
      </div>
      {problem ? <Notice state="failed" title={problem.detail} /> : null}
      <div><Button type="submit" variant="primary" size="lg" loading={state === "sending"}>Send the message</Button></div>
    </form>
  );
}

/** Posts the form; null when it was kept, else what is wrong. */
async function post(form: HTMLFormElement): Promise<Problem | null> {
  const body = new URLSearchParams([...new FormData(form)].filter((e): e is [string, string] => typeof e[1] === "string"));
  const answer = await fetch(form.action, { method: "POST", body, headers: { accept: "application/json" } });
  if (answer.ok) return null;
  const told = (await answer.json()) as { detail: string; errors?: { path: string; message: string }[] };
  return { detail: told.detail, fields: Object.fromEntries((told.errors ?? []).map((f) => [f.path, f.message])) };
}
