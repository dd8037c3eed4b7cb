"use client";
import { Slider as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { useFieldProps } from "./field";

export type SliderProps = { value: number[]; onValueChange: (value: number[]) => void; min: number; max: number; step?: number; disabled?: boolean; /** One name a thumb. */ thumbLabels: string[]; /** Printed under the track, left and right. */ minLabel?: ReactNode; maxLabel?: ReactNode };

/** One figure, or a range with two thumbs. */
export function Slider({ value, onValueChange, min, max, step = 1, disabled, thumbLabels, minLabel, maxLabel }: SliderProps) {
  const { "aria-describedby": describedBy } = useFieldProps();
  return (
    <div className="grid gap-1">
      <Radix.Root value={value} onValueChange={onValueChange} min={min} max={max} step={step} disabled={disabled} minStepsBetweenThumbs={0} className="relative flex h-6 touch-none select-none items-center data-[disabled]:opacity-55">
        <Radix.Track className="relative h-1 grow rounded-full bg-line-strong"><Radix.Range className="absolute h-full rounded-full bg-ink" /></Radix.Track>
        {value.map((_, i) => (
          <Radix.Thumb key={i} aria-label={thumbLabels[i] ?? "Value"} aria-describedby={describedBy} className="block size-4 rounded-full border-2 border-ink bg-surface shadow-control" />
        ))}
      </Radix.Root>
      {minLabel || maxLabel ? <div className="flex justify-between text-xs text-ink-faint"><span>{minLabel}</span><span>{maxLabel}</span></div> : null}
    </div>
  );
}
