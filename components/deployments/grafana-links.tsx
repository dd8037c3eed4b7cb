import { Download, ExternalLink } from "lucide-react";
import { buttonClass } from "@/components/ui/button";

/** The same measures in Grafana: where they are, and the dashboard to take there. */
export function GrafanaLinks({ project, slug, href }: { project: string; slug: string; /** null: the target has no Grafana set. */ href: string | null }) {
  const dashboard = `/api/v1/projects/${encodeURIComponent(project)}/deployments/${encodeURIComponent(slug)}/dashboard`;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {href ? <a href={href} target="_blank" rel="noreferrer" className={buttonClass({ size: "sm" })}><ExternalLink aria-hidden />Open in Grafana</a> : null}
      <a href={dashboard} download className={buttonClass({ size: "sm", variant: "ghost" })}><Download aria-hidden />Grafana dashboard</a>
      <a href={`${dashboard}?as=configmap`} download className={buttonClass({ size: "sm", variant: "ghost" })}><Download aria-hidden />As ConfigMap</a>
    </div>
  );
}
