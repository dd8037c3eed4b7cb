"use client";
import { Eye, EyeOff } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { sentence } from "./sentence";

type Props = { label: string; register: UseFormRegisterReturn; error?: string; hint?: ReactNode; /** new: password managers offer one. */ kind: "current" | "new" };

/** A password, with a way to look at what was typed. */
export function PasswordField({ label, register, error, hint, kind }: Props) {
  const [shown, setShown] = useState(false);
  return (
    <Field label={label} error={sentence(error)} hint={error ? undefined : hint} required>
      <div className="relative">
        <Input {...register} type={shown ? "text" : "password"} autoComplete={`${kind}-password`} autoCapitalize="none" spellCheck={false} maxLength={256} className="pr-10" />
        <Button variant="ghost" size="sm" icon aria-label={shown ? "Hide what was typed" : "Show what was typed"} aria-pressed={shown} onClick={() => setShown(!shown)} className="absolute! right-0.5 top-1/2 -translate-y-1/2">{shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}</Button>
      </div>
    </Field>
  );
}
