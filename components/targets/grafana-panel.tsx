"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "@/components/form/as-problem";
import { ProblemNotice } from "@/components/form/problem-notice";
import { useProblem } from "@/components/form/use-problem";
import { Button, buttonClass } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonText } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { fetchJson, LIMIT_MS } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { GrafanaDto, Pushed } from "@/lib/observability/grafana/schema";

/** Where a target's measures are looked at in Grafana, its dashboards to download, and pushing them there. */
export function GrafanaPanel({ target, mayManage }: { target: string; mayManage: boolean }) {
  const client = useQueryClient();
  const path = `/api/v1/targets/${target}/grafana`;
  const queryKey = [...keys.targets, target, "grafana"];
  const grafana = useQuery({ queryKey, queryFn: ({ signal }) => fetchJson<GrafanaDto>(path, { signal }) });
  const [editing, setEditing] = useState(false);
  const [busy, setBusy] = useState<"push" | "forget" | null>(null);
  const { problem, attempt } = useProblem(() => undefined, []);
  const act = (what: "push" | "forget") => attempt(async () => {
    setBusy(what);
    try {
      if (what === "forget") await fetchJson(path, { method: "DELETE" });
      else {
        const { pushed, failed } = await fetchJson<Pushed>(`${path}/push`, { method: "POST", limitMs: LIMIT_MS.elsewhere });
        if (failed.length === 0) toast.success(`${pushed} dashboard${pushed === 1 ? "" : "s"} pushed`);
        else toast.error(`${failed.length} dashboard${failed.length === 1 ? " was" : "s were"} not pushed`);
      }
      await grafana.refetch();
    } finally {
      setBusy(null);
    }
  });
  const g = grafana.data;
  return (
    <Panel title="Grafana" description="The same measures as dashboards, one for the fleet and one a deployment"
      actions={mayManage && g && !editing ? <span className="flex flex-wrap gap-2">{g.url !== null && g.tokenSet ? <Button size="sm" loading={busy === "push"} onClick={() => void act("push")}>Push dashboards</Button> : null}{g.url !== null ? <Button size="sm" loading={busy === "forget"} onClick={() => void act("forget")}>Forget</Button> : null}<Button size="sm" onClick={() => setEditing(true)}>{g.url === null ? "Set Grafana" : "Change"}</Button></span> : undefined}>
      <div className="grid gap-3">
        {grafana.isError && !g ? <ErrorState className="py-6!" title="This could not be read" reason={asProblem(grafana.error).detail} onRetry={() => void grafana.refetch()} />
          : !g ? <div role="status" aria-label="Loading"><SkeletonText lines={2} /></div>
          : editing ? <GrafanaForm path={path} grafana={g} onDone={(next) => { if (next) client.setQueryData(queryKey, next); setEditing(false); }} />
          : (
            <>
              {g.url === null ? <p className="text-sm text-ink-muted">None is set. With its address pages here link to it; with a token dashboards can be pushed.</p>
                : <KeyValueList items={[{ label: "Address", value: <a href={g.url} target="_blank" rel="noreferrer" className="link wrap-anywhere">{g.url}</a>, mono: true }, ...(g.tokenSet === null ? [] : [{ label: "Token", value: g.tokenSet ? "kept, sealed" : "none: dashboards are not pushed" }]), ...(g.pushedAt ? [{ label: "Last push", value: <>{g.lastPush?.pushed ?? 0} dashboards, <RelativeTime time={g.pushedAt} /></> }] : [])]} />}
              {g.lastPush && g.lastPush.failed.length > 0 ? <Notice state="warning" title="Not pushed"><ul className="grid gap-0.5">{g.lastPush.failed.slice(0, 5).map((f) => <li key={f.dashboard}><span className="font-mono text-sm">{f.dashboard}</span>: {f.message}</li>)}</ul></Notice> : null}
              {mayManage ? <div className="flex flex-wrap gap-2"><a href={`${path}/dashboard`} download className={buttonClass({ size: "sm" })}>Fleet dashboard</a><a href={`${path}/dashboard?as=configmap`} download className={buttonClass({ size: "sm" })}>As ConfigMap</a><a href={`${path}/dashboard?as=datadog`} download className={buttonClass({ size: "sm" })}>For Datadog</a>{g.fleetUrl ? <a href={g.fleetUrl} target="_blank" rel="noreferrer" className={buttonClass({ size: "sm", variant: "ghost" })}>Open in Grafana</a> : null}</div> : null}
            </>
          )}
        <ProblemNotice problem={problem} />
      </div>
    </Panel>
  );
}

function GrafanaForm({ path, grafana, onDone }: { path: string; grafana: GrafanaDto; onDone: (next: GrafanaDto | null) => void }) {
  const [url, setUrl] = useState(grafana.url ?? "");
  const [folder, setFolder] = useState(grafana.folderUid ?? "");
  const [token, setToken] = useState("");
  const [pending, setPending] = useState(false);
  const { problem, attempt } = useProblem(() => undefined, []);
  const save = () => attempt(async () => {
    setPending(true);
    try {
      onDone(await fetchJson<GrafanaDto>(path, { method: "PUT", limitMs: LIMIT_MS.elsewhere, body: { url: url.trim(), folderUid: folder.trim() === "" ? null : folder.trim(), ...(token === "" ? {} : { token }) } }));
    } finally {
      setPending(false);
    }
  });
  return (
    <form className="grid gap-4" noValidate onSubmit={(e) => { e.preventDefault(); void save(); }}>
      <Field label="Address" hint="As people open it, like https://grafana.example.com"><Input mono value={url} onChange={(e) => setUrl(e.target.value)} /></Field>
      <Field label="Token" optional hint={grafana.tokenSet ? "Left empty, the kept one stays, as long as the address does" : "Of a service account with the role Editor, to push dashboards"}><Input mono type="password" autoComplete="off" value={token} onChange={(e) => setToken(e.target.value)} /></Field>
      <Field label="Folder" optional hint="Its uid, from the folder's address in Grafana"><Input mono value={folder} onChange={(e) => setFolder(e.target.value)} /></Field>
      <ProblemNotice problem={problem} />
      <div className="flex justify-end gap-2"><Button onClick={() => onDone(null)}>Cancel</Button><Button type="submit" variant="primary" loading={pending}>Save</Button></div>
    </form>
  );
}
