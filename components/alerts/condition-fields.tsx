"use client";
import { useFormContext, useWatch, type FieldErrors } from "react-hook-form";
import type { RuleValues } from "@/components/alerts/rule-values";
import { sentence } from "@/components/form/sentence";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";

const WINDOWS = [{ value: "5m", label: "5 minutes" }, { value: "15m", label: "15 minutes" }, { value: "1h", label: "an hour" }];
type Limit = "thresholdMs" | "thresholdPercent" | "waitingPerReplica" | "failures" | "interruptions" | "percent" | "objectivePercent" | "minutes";

/** The limits of the chosen kind. */
export function ConditionFields() {
  const { control } = useFormContext<RuleValues>();
  const kind = useWatch({ control, name: "condition.kind" });
  switch (kind) {
    case "latency": return <Pair><Limit name="thresholdMs" label="p99 above" unit="ms" /><Window /></Pair>;
    case "errorRate": return <Pair><Limit name="thresholdPercent" label="More than" unit="%" hint="Requests refused for the caller's own fault are not counted." /><Window /></Pair>;
    case "saturation": return <Pair><Limit name="waitingPerReplica" label="Waiting per ready replica, more than" unit="" /><Window /></Pair>;
    case "noTraffic": return <Pair><Window label="No request for" /></Pair>;
    case "crashLoop": return <Pair><Limit name="failures" label="At least" unit="failures" /><Limit name="minutes" label="Within" unit="min" /></Pair>;
    case "spotInterruption": return <Pair><Limit name="interruptions" label="At least" unit="times" /><Limit name="minutes" label="Within" unit="min" /></Pair>;
    case "rolloutFailed": return <Pair><Limit name="minutes" label="Within" unit="min" /></Pair>;
    case "budget": return <Pair><Limit name="percent" label="More than" unit="%" hint="Of the monthly budget of each environment that has one." /></Pair>;
    case "burnRate": return <div className="grid gap-4"><Pair><Limit name="objectivePercent" label="Objective: requests that succeed" unit="%" /></Pair><Speed /></div>;
  }
}

const Pair = ({ children }: { children: React.ReactNode }) => <div className="grid items-start gap-4 sm:grid-cols-2">{children}</div>;

function Limit({ name, label, unit, hint }: { name: Limit; label: string; unit: string; hint?: string }) {
  const { register, formState: { errors } } = useFormContext<RuleValues>();
  const refused = (errors.condition as FieldErrors<Record<Limit, number>> | undefined)?.[name]?.message;
  return <Field label={label} hint={hint} error={sentence(refused?.includes("NaN") ? "must be a number" : refused)} required><Input type="number" inputMode="decimal" step="any" min={0} after={unit || undefined} {...register(`condition.${name}`, { valueAsNumber: true })} /></Field>;
}

function Window({ label = "Over" }: { label?: string }) {
  const { control, setValue } = useFormContext<RuleValues>();
  const value = useWatch({ control, name: "condition.window" });
  return <Field label={label}><Select value={value ?? "5m"} onValueChange={(v) => setValue("condition.window", v as "5m" | "15m" | "1h", { shouldDirty: true })} options={WINDOWS} /></Field>;
}

function Speed() {
  const { control, setValue } = useFormContext<RuleValues>();
  const value = useWatch({ control, name: "condition.speed" });
  return (
    <Field label="How fast it burns">
      <RadioCards columns={2} value={value ?? "fast"} onValueChange={(v) => setValue("condition.speed", v as "fast" | "slow", { shouldDirty: true })} options={[
        { value: "fast", title: "Fast", detail: "14.4 times, over 1 h and 5 min: a month's budget gone in 2 days. For the pager." },
        { value: "slow", title: "Slow", detail: "6 times, over 6 h and 1 h: gone in 5 days. For working hours." },
      ]} />
    </Field>
  );
}
