"use client";
import type { FieldErrors, UseFormRegister } from "react-hook-form";
import type { z } from "zod";
import { sentence } from "@/components/form/sentence";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { zeroWords, type MeasuredStart } from "@/components/deploy/zero-words";
import type { createDeploymentSchema } from "@/lib/deployments/schema";
import { Button } from "@/components/ui/button";

type Values = z.input<typeof createDeploymentSchema>;
type Props = {
  register: UseFormRegister<Values>; errors: FieldErrors<Values>; min: number; max: number; idleSeconds: number; onSteps: (min: number, max: number) => void;
  /** Of this model on this target; null: not measured. */ measuredStart: MeasuredStart | null; onCluster: boolean;
};

const PRESETS = [{ label: "One replica", min: 1, max: 1 }, { label: "1 to 3", min: 1, max: 3 }, { label: "2 to 4", min: 2, max: 4 }, { label: "Down to zero", min: 0, max: 1 }];

/** Fewest and most replicas. Between them Slipway follows the requests in flight; with none at least, the last one stops when it is quiet. */
export function ScalingFields({ register, errors, min, max, idleSeconds, onSteps, measuredStart, onCluster }: Props) {
  return (
    <div className="grid gap-3">
      <div className="grid grid-cols-2 items-start gap-4 sm:grid-cols-3">
        <Field label="Fewest replicas" error={sentence(errors.scaling?.min?.message)}><Input type="number" inputMode="numeric" min={0} max={200} {...register("scaling.min", { valueAsNumber: true })} /></Field>
        <Field label="Most replicas" error={sentence(errors.scaling?.max?.message ?? errors.scaling?.message)}><Input type="number" inputMode="numeric" min={1} max={200} {...register("scaling.max", { valueAsNumber: true })} /></Field>
        {min === 0 ? <Field className="max-sm:col-span-2" label="Quiet time before zero" error={sentence(errors.scaling?.idleSecondsBeforeZero?.message)}><Input type="number" inputMode="numeric" min={5} max={86_400} after="s" {...register("scaling.idleSecondsBeforeZero", { valueAsNumber: true })} /></Field> : null}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {PRESETS.map((p) => <Button key={p.label} size="sm" aria-pressed={p.min === min && p.max === max} className="aria-pressed:bg-selected" onClick={() => onSteps(p.min, p.max)}>{p.label}</Button>)}
        {min === 0 ? null : <span className="text-sm text-ink-muted">{min === max ? "No autoscaling: always the same number." : "A replica is added when requests wait, and removed when they do not."}</span>}
      </div>
      {min === 0 ? <p className="text-sm text-ink-muted" aria-live="polite">{zeroWords(idleSeconds, measuredStart)}{onCluster ? " A cluster needs KEDA, Prometheus and a gateway that counts requests for this; without them it keeps one replica." : ""}</p> : null}
    </div>
  );
}
