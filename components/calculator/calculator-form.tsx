import type { ReactNode } from "react";
import { OWN, type Asked, type AskedProblems } from "@/components/calculator/asked";
import { buttonClass } from "@/components/ui/button";
import { KNOWN_MODELS } from "@/lib/profiles/known-models";

type Props = { asked: Asked; problems: AskedProblems; regions: readonly { region: string; onDemand: boolean }[] };
/** As published: what the list knows of its models. */
function sizeOf({ model }: (typeof KNOWN_MODELS)[number]): string {
  const parameters = Number(model.parameters);
  return `${parameters >= 1e9 ? `${(parameters / 1e9).toFixed(1)} billion` : `${(parameters / 1e6).toFixed(0)} million`} parameters`;
}
type Option = readonly [value: string, label: string];

/** A plain form that asks by address: it works without a script, and the answer can be sent on as a link. */
export function CalculatorForm({ asked: a, problems, regions }: Props) {
  const input = (name: keyof Asked, label: string, unit: string, extra: { step?: string; hint?: string } = {}) => (
    <Labelled name={name} label={label} problem={problems[name]} hint={extra.hint}>
      <span className="relative block">
        <input id={name} name={name} type="number" step={extra.step ?? "any"} min={0} inputMode="decimal" defaultValue={a[name]} aria-invalid={problems[name] ? true : undefined} aria-describedby={problems[name] || extra.hint ? `${name}-says` : undefined} className="control pr-16 tabular" />
        <span aria-hidden className="pointer-events-none absolute inset-y-0 right-2.5 grid place-items-center text-sm text-ink-faint">{unit}</span>
      </span>
    </Labelled>
  );
  const words = (name: "hours" | "limit", label: string, hint: string) => (
    <Labelled name={name} label={label} problem={problems[name]} hint={hint}>
      <input id={name} name={name} inputMode="decimal" autoComplete="off" defaultValue={a[name]} aria-invalid={problems[name] ? true : undefined} aria-describedby={`${name}-says`} className="control figure" />
    </Labelled>
  );
  const select = (name: keyof Asked, label: string, options: readonly Option[], hint?: string) => (
    <Labelled name={name} label={label} problem={problems[name]} hint={hint}>
      <select id={name} name={name} defaultValue={String(a[name])} aria-describedby={problems[name] || hint ? `${name}-says` : undefined} className="control">{options.map(([value, words]) => <option key={value} value={value}>{words}</option>)}</select>
    </Labelled>
  );
  return (
    <form action="/calculator" method="get" className="panel grid gap-6 p-5 lg:sticky lg:top-5" aria-label="What to calculate">
      <fieldset className="group/model grid gap-4">
        <legend className="mb-3 text-lg font-semibold">The model</legend>
        {select("model", "Model", [...KNOWN_MODELS.map((m): Option => [m.id, `${m.name}, ${m.what}, ${sizeOf(m)}`]), [OWN, "Another one, by its size"]])}
        {/* Only of another one: those of the list have their own. By style alone, so that it needs no script. */}
        <div className="hidden grid-cols-2 gap-3 group-has-[option[value=own]:checked]/model:grid">
          {input("parameters", "Parameters", "billion")}
          {select("precision", "Stored as", [["F32", "32 bits"], ["F16", "16 bits"], ["I8", "8 bits"]])}
        </div>
        {select("hardware", "Runs on", [["gpu", "A GPU or another accelerator"], ["any", "CPU too"]])}
      </fieldset>
      <fieldset className="group/traffic grid gap-4">
        <legend className="mb-3 text-lg font-semibold">The traffic</legend>
        <div className="grid grid-cols-2 gap-3">{input("rps", "Requests", "per s")}{input("ms", "One takes", "ms")}</div>
        {select("shape", "Over the day", [["day", "Busy from 8 to 20, a tenth at night"], ["steady", "The same all day"], ["hours", "By hour, as given below"]])}
        {/* As the model's size above: shown with the choice that needs it, by style alone. */}
        <div className="hidden group-has-[option[value=hours]:checked]/traffic:block">{words("hours", "Requests a second, hour by hour", "24 figures from midnight (UTC) on, with commas")}</div>
        <div className="grid grid-cols-2 gap-3">{input("min", "Fewest replicas", "", { step: "1" })}{input("max", "Most replicas", "", { step: "1" })}</div>
        {words("limit", "Wanted p95, in ms", "Those that meet it come first. Empty: none")}
      </fieldset>
      {select("region", "AWS region", regions.map((r): Option => [r.region, r.onDemand ? r.region : `${r.region}: no price on file`]), "Without a price on file only the fit and the spot risk are shown; prices are read once an account is connected.")}
      <button type="submit" className={buttonClass({ variant: "primary", size: "lg" })}>Calculate</button>
    </form>
  );
}

function Labelled({ name, label, problem, hint, children }: { name: string; label: string; problem?: string; hint?: string; children: ReactNode }) {
  return (
    <div className="grid content-start gap-1.5">
      <label htmlFor={name} className="font-medium">{label}</label>
      {children}
      {problem ? <p id={`${name}-says`} className="text-sm text-failed">{problem}</p> : hint ? <p id={`${name}-says`} className="text-sm text-ink-muted">{hint}</p> : null}
    </div>
  );
}
