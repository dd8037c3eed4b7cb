"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { PasswordField } from "@/components/form/password-field";
import { ProblemNotice, useWaitSeconds } from "@/components/form/problem-notice";
import { useProblem } from "@/components/form/use-problem";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { resetPasswordSchema } from "@/lib/users/schema";
import { BrokenLink } from "./broken-link";
import { enter } from "./enter";
import { useFragmentToken } from "./use-fragment-token";

const formSchema = resetPasswordSchema.omit({ token: true });
const spentWords = "Reset links work once and for 24 hours. Ask an owner for a new one; an owner runs npm run admin -- reset-owner on the machine.";

/** A new password by a reset link, then straight in. */
export function ResetFlow() {
  const token = useFragmentToken();
  const form = useForm({ resolver: zodResolver(formSchema), defaultValues: { password: "" } });
  const { problem, attempt } = useProblem(form.setError, ["password"]);
  const wait = useWaitSeconds(problem);
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;
  if (token === null) return <BrokenLink title="Open the whole reset link">The address is cut: everything after the <code>#</code> belongs to it. {spentWords}</BrokenLink>;
  if (problem?.status === 410) return <BrokenLink title="This link no longer works">{spentWords}</BrokenLink>;
  if (token === undefined) return <div className="panel grid gap-5 p-5" role="status" aria-label="Loading"><Skeleton className="h-14" /><Skeleton className="h-10" /></div>;
  const submit = form.handleSubmit((values) => attempt(async () => {
    const { email } = await fetchJson<{ email: string }>("/api/v1/password-reset", { body: { ...values, token } });
    await enter(email, values.password);
  }));
  return (
    <form onSubmit={(e) => void submit(e)} noValidate className="panel grid gap-4 p-5">
      <PasswordField label="New password" kind="new" register={form.register("password")} error={errors.password?.message} hint="At least 12 characters; a few words are good." />
      <ProblemNotice problem={problem} waitSeconds={wait} />
      <Button type="submit" variant="primary" size="lg" loading={isSubmitting || (isSubmitSuccessful && !problem)} disabled={wait > 0}>Set password and sign in</Button>
    </form>
  );
}
