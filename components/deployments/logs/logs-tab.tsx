"use client";
import { Download, Pause, Play, RotateCcw, ScrollText } from "lucide-react";
import { useMemo, useState } from "react";
import { MOST_LINES, plainLine, type HeldLine } from "@/components/deployments/logs/log-line";
import { LogView } from "@/components/deployments/logs/log-view";
import { useLogStream, type StreamState } from "@/components/deployments/logs/use-log-stream";
import { useDeployment } from "@/components/deployments/use-deployment";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { SkeletonText } from "@/components/ui/skeleton";
import { Status, type State } from "@/components/ui/status";
import { formatCount } from "@/lib/format/number";

const EVERY = "every";
const STATES: Record<StreamState, { state: State; word: string }> = { connecting: { state: "progressing", word: "Connecting" }, following: { state: "ready", word: "Live" }, ended: { state: "stopped", word: "Ended" }, lost: { state: "warning", word: "Connection lost" } };

/** What the replicas write, as they write it. */
export function LogsTab({ project, slug }: { project: string; slug: string }) {
  const { data: deployment } = useDeployment(project, slug);
  const [revision, setRevision] = useState<string>(EVERY);
  const [replica, setReplica] = useState<string>(EVERY);
  const [stream, setStream] = useState<string>(EVERY);
  const [frozen, setFrozen] = useState<HeldLine[] | null>(null);
  const log = useLogStream(project, slug, revision === EVERY ? null : Number(revision));
  const all = frozen ?? log.held;
  const replicas = useMemo(() => [...new Set(all.map((l) => l.replica))].sort(), [all]);
  const lines = useMemo(() => all.filter((l) => (replica === EVERY || l.replica === replica) && (stream === EVERY || l.stream === stream)), [all, replica, stream]);
  const revisions = [...new Set([...(deployment?.status.revisions.map((r) => r.n) ?? []), ...all.map((l) => l.revision), ...(revision === EVERY ? [] : [Number(revision)])])].sort((a, b) => b - a);
  const follow = (on: boolean) => setFrozen(on ? null : log.held);
  const newer = frozen ? log.held.filter((l) => l.n > (frozen.at(-1)?.n ?? -1)).length : 0;
  const download = () => {
    const url = URL.createObjectURL(new Blob([lines.map((l) => `${plainLine(l)}\n`).join("")], { type: "text/plain" }));
    const a = document.createElement("a");
    a.href = url;
    a.download = `${slug}.log`;
    a.click();
    URL.revokeObjectURL(url);
  };
  const shown = frozen ? { state: "stopped" as const, word: "Paused" } : STATES[log.state];
  return (
    <Panel flush title="Logs" actions={<Status state={shown.state} size="sm">{shown.word}</Status>}
      footer={<span className="figure">{formatCount(lines.length)} of {formatCount(all.length)} lines shown{all.length >= MOST_LINES ? `; older than the last ${formatCount(MOST_LINES)} are let go` : ""}. Times are UTC.</span>}>
      <div className="flex flex-wrap items-center gap-2 px-4 pb-3">
        <Select aria-label="Revision" className="w-36!" value={revision} onValueChange={(v) => { setRevision(v); setReplica(EVERY); setFrozen(null); }} options={[{ value: EVERY, label: "Every revision" }, ...revisions.map((n) => ({ value: String(n), label: `Revision ${n}` }))]} />
        <Select aria-label="Replica" className="w-40!" value={replica} onValueChange={setReplica} options={[{ value: EVERY, label: "Every replica" }, ...[...new Set([...replicas, ...(replica === EVERY ? [] : [replica])])].map((r) => ({ value: r, label: r }))]} />
        <Select aria-label="Stream" className="w-36!" value={stream} onValueChange={setStream} options={[{ value: EVERY, label: "Every stream" }, { value: "stdout", label: "Output" }, { value: "stderr", label: "Errors" }, { value: "system", label: "System" }]} />
        <span className="grow" />
        <Button size="sm" onClick={() => follow(frozen !== null)}>{frozen ? <><Play aria-hidden />Follow{newer > 0 ? ` (${formatCount(newer)} new)` : ""}</> : <><Pause aria-hidden />Pause</>}</Button>
        <CopyButton text={lines.map(plainLine).join("\n")} label="Copy lines" showLabel />
        <Button size="sm" onClick={download} disabled={lines.length === 0}><Download aria-hidden />Download</Button>
      </div>
      {log.state === "lost" ? <Notice className="mx-4 mb-3" state="warning" title={log.reason ?? "The connection was lost"} actions={<Button size="sm" onClick={log.reconnect}><RotateCcw aria-hidden />Try now</Button>}>What was read stays here; Slipway tries again by itself.</Notice> : null}
      {log.state === "ended" ? <Notice className="mx-4 mb-3" title="The log has ended" actions={<Button size="sm" onClick={log.reconnect}><RotateCcw aria-hidden />Read again</Button>}>Its replicas are gone or are being replaced.</Notice> : null}
      {all.length === 0 && log.state === "connecting" ? <div className="border-t border-line p-4" role="status" aria-label="Loading"><SkeletonText lines={6} /></div>
        : lines.length === 0 ? <div className="border-t border-line"><EmptyState headingLevel={3} icon={<ScrollText aria-hidden />} title={all.length === 0 ? "Nothing written yet" : "No line matches"}>{all.length === 0 ? "Lines show up here as replicas start and answer." : "Choose another replica, revision or stream."}</EmptyState></div>
        : <LogView lines={lines} following={frozen === null} onFollow={follow} manyReplicas={replica === EVERY && replicas.length > 1} />}
    </Panel>
  );
}
