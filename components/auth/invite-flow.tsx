"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useQuery } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { asProblem } from "@/components/form/as-problem";
import { PasswordField } from "@/components/form/password-field";
import { ProblemNotice, useWaitSeconds } from "@/components/form/problem-notice";
import { sentence } from "@/components/form/sentence";
import { useProblem } from "@/components/form/use-problem";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { acceptInvitationSchema, type openInvitationSchema } from "@/lib/users/schema";
import { BrokenLink } from "./broken-link";
import { enter } from "./enter";
import { grantWords, ROLE_WORDS } from "./role-words";
import { useFragmentToken } from "./use-fragment-token";

type Invitation = z.infer<typeof openInvitationSchema>;
const formSchema = acceptInvitationSchema.omit({ token: true });

/** What the invitation gives, and the account that takes it. */
export function InviteFlow() {
  const token = useFragmentToken();
  const read = useQuery({ queryKey: ["invitation", token], enabled: Boolean(token), retry: false, queryFn: ({ signal }) => fetchJson<Invitation>("/api/v1/invitations/read", { body: { token }, signal }) });
  if (token === null) return <BrokenLink title="Open the whole invitation link">The address is cut: everything after the <code>#</code> belongs to it. Copy the link again from where you got it.</BrokenLink>;
  if (read.isError) {
    const problem = asProblem(read.error);
    return problem.status === 410 || problem.status === 400
      ? <BrokenLink title="This invitation no longer works">It was used already, has expired, or was withdrawn. Ask whoever invited you for a new one.</BrokenLink>
      : <div className="panel"><ErrorState title="The invitation could not be read" reason={problem.detail} onRetry={() => void read.refetch()} retrying={read.isFetching} /></div>;
  }
  if (!token || !read.data) return <div className="panel grid gap-5 p-5" role="status" aria-label="Reading the invitation"><Skeleton className="h-10" /><Skeleton className="h-14" /><Skeleton className="h-14" /><Skeleton className="h-10" /></div>;
  return <AcceptForm token={token} invitation={read.data} />;
}

function AcceptForm({ token, invitation }: { token: string; invitation: Invitation }) {
  const form = useForm({ resolver: zodResolver(formSchema), defaultValues: { name: "", password: "" } });
  const { problem, attempt } = useProblem(form.setError, ["name", "password"]);
  const wait = useWaitSeconds(problem);
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;
  const words = grantWords(invitation);
  const role = invitation.instanceRole ?? invitation.role;
  const submit = form.handleSubmit(async (values) => {
    const done = await attempt(async () => {
      const { email } = await fetchJson<{ email: string }>("/api/v1/invitations/accept", { body: { ...values, token } });
      await enter(email, values.password);
    });
    if (!done) form.reset(values, { keepErrors: true, keepValues: true });
  });
  return (
    <form onSubmit={(e) => void submit(e)} noValidate className="panel grid gap-4 p-5">
      <div className="grid gap-0.5 rounded-lg bg-sunken p-3">
        <p className="font-medium wrap-anywhere">{invitation.email}</p>
        <p className="text-ink-muted">{words ? <>You become {words}. {role ? ROLE_WORDS[role] : null}</> : "The project you were invited to is gone; you get an account without a project."}</p>
      </div>
      {/* For password managers, which save a password with the name it belongs to. */}
      <input type="email" autoComplete="username" value={invitation.email} readOnly hidden />
      <Field label="Your name" error={sentence(errors.name?.message)} required><Input {...form.register("name")} autoComplete="name" maxLength={80} /></Field>
      <PasswordField label="Password" kind="new" register={form.register("password")} error={errors.password?.message} hint="At least 12 characters; a few words are good." />
      <ProblemNotice problem={problem} waitSeconds={wait} />
      <Button type="submit" variant="primary" size="lg" loading={isSubmitting || (isSubmitSuccessful && !problem)} disabled={wait > 0}>Create account and sign in</Button>
    </form>
  );
}
