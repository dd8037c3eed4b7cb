"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import Link from "next/link";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { DeploySampleButton } from "@/components/home/deploy-sample-button";
import { PasswordField } from "@/components/form/password-field";
import { ProblemNotice, useWaitSeconds } from "@/components/form/problem-notice";
import { sentence } from "@/components/form/sentence";
import { useProblem } from "@/components/form/use-problem";
import { Button, buttonClass } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { setupSchema } from "@/lib/users/schema";
import { AuthFrame } from "./auth-frame";
import { BrokenLink } from "./broken-link";
import { signInWithPassword } from "./sign-in-with-password";
import { forgetFragmentToken, useFragmentToken } from "./use-fragment-token";

const formSchema = setupSchema.omit({ token: true });

/** The first owner's account, then the way on. */
export function SetUpFlow() {
  const token = useFragmentToken();
  const [owner, setOwner] = useState<string | null>(null);
  if (owner !== null) {
    return (
      <AuthFrame title={`Slipway is yours, ${owner}`} lead="You are its owner, and signed in. A sample model shows the whole way: upload, price, deployment, first prediction.">
        <div className="panel grid gap-3 p-5">
          <DeploySampleButton project={null} />
          <div><Link href="/app" className={buttonClass({ size: "lg" })}>Go to Slipway</Link></div>
        </div>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title="Set up Slipway" lead="Make the owner’s account. It may do everything here, and invites the others.">
      {token === undefined ? <div className="panel grid gap-5 p-5"><Skeleton className="h-14" /><Skeleton className="h-14" /><Skeleton className="h-14" /><Skeleton className="h-10" /></div>
        : token === null ? (
          <BrokenLink title="Open the set-up link">
            This page needs the link that was printed when Slipway started, with everything after the <code>#</code>. A new one is made on the machine by:
            <CodeBlock code="npm run admin -- create-setup-link" className="mt-3" />
          </BrokenLink>
        ) : <SetUpForm token={token} onDone={(name) => { forgetFragmentToken(); setOwner(name); }} />}
    </AuthFrame>
  );
}

function SetUpForm({ token, onDone }: { token: string; onDone: (name: string) => void }) {
  const form = useForm({ resolver: zodResolver(formSchema), defaultValues: { name: "", email: "", password: "" } });
  const { problem, attempt } = useProblem(form.setError, ["name", "email", "password"]);
  const wait = useWaitSeconds(problem);
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit((values) => attempt(async () => {
    const { email } = await fetchJson<{ email: string }>("/api/v1/setup", { body: { ...values, token } });
    // The account is made; where signing in fails (the database just went away), the way in is the usual one.
    await signInWithPassword(email, values.password).catch(() => window.location.replace("/sign-in"));
    onDone(values.name.split(" ")[0]!);
  }));
  return (
    <form onSubmit={(e) => void submit(e)} noValidate className="panel grid gap-4 p-5">
      <Field label="Your name" error={sentence(errors.name?.message)} required><Input {...form.register("name")} autoComplete="name" maxLength={80} /></Field>
      <Field label="E-mail" hint="You sign in with it. Nothing is sent to it unless mail is configured." error={sentence(errors.email?.message)} required>
        <Input {...form.register("email")} type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} inputMode="email" />
      </Field>
      <PasswordField label="Password" kind="new" register={form.register("password")} error={errors.password?.message} hint="At least 12 characters; a few words are good." />
      <ProblemNotice problem={problem} waitSeconds={wait}>{problem?.code === "conflict" ? <Link href="/sign-in" className="link">Sign in</Link> : null}</ProblemNotice>
      <Button type="submit" variant="primary" size="lg" loading={isSubmitting} disabled={wait > 0}>Create the owner’s account</Button>
    </form>
  );
}
