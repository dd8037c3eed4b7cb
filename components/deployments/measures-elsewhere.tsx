import { Download, ExternalLink } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import type { Elsewhere } from "@/lib/observability/elsewhere";

/** The same measures in Grafana or Datadog: where they are, and the dashboard to take there. */
export function MeasuresElsewhere({ project, slug, name, href }: { project: string; slug: string } & NonNullable<Elsewhere>) {
  const dashboard = `/api/v1/projects/${encodeURIComponent(project)}/deployments/${encodeURIComponent(slug)}/dashboard`;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {href ? <a href={href} target="_blank" rel="noreferrer" className={buttonClass({ size: "sm" })}><ExternalLink aria-hidden />Open in {name}</a> : null}
      <a href={name === "Datadog" ? `${dashboard}?as=datadog` : dashboard} download className={buttonClass({ size: "sm", variant: "ghost" })}><Download aria-hidden />{name} dashboard</a>
      {name === "Datadog" ? null : <a href={`${dashboard}?as=configmap`} download className={buttonClass({ size: "sm", variant: "ghost" })}><Download aria-hidden />As ConfigMap</a>}
    </div>
  );
}
