"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { PasswordField } from "@/components/form/password-field";
import { ProblemNotice, useWaitSeconds } from "@/components/form/problem-notice";
import { useProblem } from "@/components/form/use-problem";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import { changePasswordSchema } from "@/lib/users/me-schema";

/** A new password by the old one. */
export function PasswordForm({ email }: { email: string }) {
  const client = useQueryClient();
  const form = useForm({ resolver: zodResolver(changePasswordSchema), defaultValues: { currentPassword: "", newPassword: "" } });
  const { problem, attempt } = useProblem(form.setError, ["currentPassword", "newPassword"]);
  const wait = useWaitSeconds(problem);
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit((values) => attempt(async () => {
    await fetchJson("/api/v1/me/password", { body: values });
    form.reset();
    await client.invalidateQueries({ queryKey: keys.sessions });
    toast.success("Password changed", { description: "Your sessions on other devices have ended." });
  }));
  return (
    <Panel title="Password" description="Changing it ends your sessions on all other devices.">
      <form onSubmit={(e) => void submit(e)} noValidate className="grid max-w-md gap-4">
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordField label="Current password" kind="current" register={form.register("currentPassword")} error={errors.currentPassword?.message} />
        <PasswordField label="New password" kind="new" register={form.register("newPassword")} error={errors.newPassword?.message} hint="At least 12 characters; a few words are good." />
        <ProblemNotice problem={problem} waitSeconds={wait} />
        <div><Button type="submit" loading={isSubmitting} disabled={wait > 0}>Change password</Button></div>
      </form>
    </Panel>
  );
}
