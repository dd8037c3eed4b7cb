import { Check } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import { PLANS } from "@/content/site/plans";

/** The plans of content/site/plans.ts. */
export function Plans() {
  return (
    <div className="mt-8 grid gap-5 lg:grid-cols-2">
      {PLANS.map((plan) => (
        <section key={plan.name} aria-label={plan.name} className="panel grid content-start gap-4 p-6 sm:p-8">
          <div><h3 className="text-xl font-semibold">{plan.name}</h3><p className="text-ink-muted">{plan.for}</p></div>
          <p className="flex flex-wrap items-baseline gap-x-3"><span className="text-display font-semibold tracking-tight">{plan.price}</span>{plan.period ? <span className="text-ink-muted">{plan.period}</span> : null}</p>
          <ul className="grid gap-2 text-lg">{plan.points.map((p) => <li key={p} className="flex gap-2.5"><Check aria-hidden className="mt-1 size-4 shrink-0 text-ready" />{p}</li>)}</ul>
          <p className="mt-2"><a href={plan.action.href} className={buttonClass({ variant: plan.main ? "primary" : "secondary", size: "lg" })}>{plan.action.label}</a></p>
        </section>
      ))}
    </div>
  );
}
