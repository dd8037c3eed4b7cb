"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { asProblem } from "@/components/form/as-problem";
import { PasswordField } from "@/components/form/password-field";
import { ProblemNotice, useWaitSeconds } from "@/components/form/problem-notice";
import { sentence } from "@/components/form/sentence";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ApiProblem } from "@/lib/api-client/api-problem";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { signInSchema } from "@/lib/auth/sign-in-schema";
import { signInWithPassword } from "./sign-in-with-password";

/** E-mail and password, and single sign-on where it is configured (`ssoName` names it). `next` is a path that the server vetted. */
export function SignInForm({ next, ssoName }: { next: string; ssoName: string | null }) {
  const form = useForm({ resolver: zodResolver(signInSchema), defaultValues: { email: "", password: "" } });
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [leaving, setLeaving] = useState(false);
  const [starting, setStarting] = useState(false);
  const wait = useWaitSeconds(problem);
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async ({ email, password }) => {
    setProblem(null);
    try {
      await signInWithPassword(email, password);
      setLeaving(true);
      // A full load, so that nothing read before signing in is shown after.
      window.location.assign(next);
    } catch (cause) {
      setProblem(asProblem(cause));
      form.resetField("password");
      form.setFocus("password");
    }
  });

  const startSso = async () => {
    setProblem(null);
    setStarting(true);
    try {
      const { url } = await fetchJson<{ url: string }>("/api/auth/sign-in/social", { body: { next } });
      window.location.assign(url);
    } catch (cause) {
      setProblem(asProblem(cause));
      setStarting(false);
    }
  };

  return (
    <div className="panel grid gap-5 p-5">
      {ssoName ? (
        <>
          <Button size="lg" onClick={() => void startSso()} loading={starting} disabled={wait > 0}><KeyRound aria-hidden />Continue with {ssoName}</Button>
          <p className="flex items-center gap-3 text-sm text-ink-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">or with a password</p>
        </>
      ) : null}
      <form onSubmit={(e) => void submit(e)} noValidate className="grid gap-4">
        <Field label="E-mail" error={sentence(errors.email?.message)} required>
          <Input {...form.register("email")} type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} inputMode="email" />
        </Field>
        <PasswordField label="Password" kind="current" register={form.register("password")} error={errors.password?.message} />
        <ProblemNotice problem={problem} waitSeconds={wait} />
        <Button type="submit" variant="primary" size="lg" loading={isSubmitting || leaving} disabled={wait > 0}>{wait > 0 ? `Sign in (in ${wait} s)` : "Sign in"}</Button>
      </form>
    </div>
  );
}
