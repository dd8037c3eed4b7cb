"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Gauge } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { loadTestsPath } from "@/components/load-tests/use-load-tests";
import { readLoads } from "@/components/load-tests/words";
import { sentence } from "@/components/form/sentence";
import { requestFromText } from "@/components/playground/request-from-text";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Textarea } from "@/components/ui/textarea";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { formatBytes } from "@/lib/format/bytes";
import { formatDurationSeconds } from "@/lib/format/duration";
import { formatMoney } from "@/lib/format/money";
import { formatCount } from "@/lib/format/number";
import { LOAD_TEST_LIMITS as MOST } from "@/lib/load-tests/limits";
import { forecastLoadTestSchema, type LoadForecast, type LoadTestDto } from "@/lib/load-tests/schema";

type Loop = "closed" | "open";
const FIRST: Record<Loop, string> = { closed: "1, 2, 4, 8, 16", open: "5, 10, 20, 40, 80" };

/** The plan, what it would send and cost, and the question before it is sent. */
export function LoadTestForm({ project, deployment, blocked, onStarted }: { project: string; deployment: string; /** Why none can be started now. */ blocked: string | null; onStarted: (test: LoadTestDto) => void }) {
  const [loop, setLoop] = useState<Loop>("closed");
  const [loads, setLoads] = useState(FIRST.closed);
  const [seconds, setSeconds] = useState("10");
  const [warmUp, setWarmUp] = useState("2");
  const [own, setOwn] = useState<"example" | "own">("example");
  const [text, setText] = useState("");
  const [asking, setAsking] = useState(false);
  const [key, setKey] = useState("");

  const typed = own === "own" ? requestFromText(text) : null;
  const plan = { loop, [loop === "closed" ? "concurrency" : "requestsPerSecond"]: readLoads(loads) ?? [], secondsPerStep: Number(seconds), warmUpSeconds: Number(warmUp) };
  const parsed = forecastLoadTestSchema.safeParse({ plan, ...(typed && !typed.error ? { request: { inputs: typed.inputs } } : {}) });
  const fault = (part: string) => (parsed.success ? undefined : sentence(parsed.error.issues.find((i) => i.path.join(".").includes(part))?.message));
  const whole = parsed.success ? null : (parsed.error.issues.find((i) => i.path.length <= 1)?.message ?? null);
  const sound = parsed.success && !typed?.error ? parsed.data : null;
  const question = useDeferredValue(sound ? JSON.stringify(sound) : null);
  const forecast = useQuery<LoadForecast>({
    queryKey: ["load-forecast", project, deployment, question], enabled: question !== null && blocked === null, placeholderData: keepPreviousData, retry: false,
    queryFn: ({ signal }) => fetchJson<LoadForecast>(`${loadTestsPath(project, deployment)}/forecast`, { body: JSON.parse(question!) as unknown, signal }),
  });
  const f = sound && !forecast.isError ? forecast.data : undefined;
  const ask = () => {
    setKey(crypto.randomUUID());
    setAsking(true);
  };
  const start = async () => onStarted(await fetchJson<LoadTestDto>(loadTestsPath(project, deployment), { body: { ...sound, confirmed: true }, idempotencyKey: key }));
  return (
    <Panel title="New load test" description="Sends the same request again and again, in steps of rising load, for the time you set and no longer.">
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid content-start gap-4">
          <div className="grid gap-1.5"><span className="text-sm font-medium">How requests come</span><div><SegmentedControl<Loop> size="md" aria-label="How requests come" options={[{ value: "closed", label: "Closed loop" }, { value: "open", label: "Open loop" }]} value={loop} onValueChange={(next) => { setLoop(next); setLoads(FIRST[next]); }} /></div>
            <p className="text-sm text-ink-faint">{loop === "closed" ? "So many callers, each of which waits for its answer. Finds what it can bear." : "So many requests a second, answered or not. Shows what callers see at a given traffic."}</p></div>
          <Field label={loop === "closed" ? "Callers, step by step" : "Requests a second, step by step"} error={fault("concurrency") ?? fault("requestsPerSecond")} hint={`Rising, up to ${MOST.steps} steps; at most ${formatCount(loop === "closed" ? MOST.concurrency : MOST.requestsPerSecond)}`}><Input mono inputMode="decimal" value={loads} onChange={(e) => setLoads(e.target.value)} /></Field>
          <div className="grid grid-cols-2 items-start gap-4">
            <Field label="A step" error={fault("secondsPerStep")}><Input type="number" inputMode="numeric" min={1} max={MOST.secondsPerStep} value={seconds} after="s" onChange={(e) => setSeconds(e.target.value)} /></Field>
            <Field label="Warm-up" error={fault("warmUpSeconds")} hint="Not counted"><Input type="number" inputMode="numeric" min={0} max={MOST.warmUpSeconds} value={warmUp} after="s" onChange={(e) => setWarmUp(e.target.value)} /></Field>
          </div>
          <div className="grid gap-1.5"><span className="text-sm font-medium">The request</span><div><SegmentedControl aria-label="The request" size="md" options={[{ value: "example", label: "From the signature" }, { value: "own", label: "My own JSON" }]} value={own} onValueChange={setOwn} /></div></div>
          {own === "own" ? <Field label="Open Inference Protocol request" error={text.trim() === "" ? null : (typed?.error ?? null)} hint="At most 1 MiB. It is kept with the test, so no personal data"><Textarea mono rows={6} value={text} onChange={(e) => setText(e.target.value)} /></Field> : null}
        </div>
        <aside aria-label="What it would send and cost" aria-live="polite" className="grid content-start gap-3 rounded-lg bg-sunken p-4">
          <dl className="grid gap-2.5">
            <Row term="Takes" value={f ? formatDurationSeconds(f.seconds) : null} />
            <Row term="Sends about" value={f ? (f.requests === null ? "not known" : `${formatCount(f.requests)} requests`) : null} note={f?.requestsBasis} />
            <Row term="Each" value={f ? formatBytes(f.requestBytes) : null} />
            <Row term="Replicas cost" value={f ? formatMoney(f.costUsd, "no price on file") : null} note={f ? `${f.replicas.ready} of revision ${f.revision}, for that time; they cost it without the test too${f.priceNote ? ` (${f.priceNote})` : ""}` : undefined} />
            {f && f.replicas.max > f.replicas.ready ? <Row term={`If it scales to ${f.replicas.max}`} value={formatMoney(f.costIfScaledUsd, "no price on file")} /> : null}
          </dl>
          {f?.warnings.map((w) => <p key={w} className="text-sm text-ink-muted">{w}</p>)}
          {whole ? <p role="alert" className="text-sm text-failed">The plan {whole}</p> : null}
          {forecast.isError && sound ? <Notice state="warning" title={forecast.error.message} /> : null}
          {blocked ? <p className="text-sm text-ink-muted">{blocked}</p> : null}
          <Button variant="primary" onClick={ask} disabled={!f || blocked !== null || f.replicas.ready === 0}><Gauge aria-hidden />Start the load test…</Button>
        </aside>
      </div>
      <ConfirmDialog open={asking} onOpenChange={setAsking} title={`Load ${deployment} for ${formatDurationSeconds(f?.seconds)}?`} confirmLabel="Send the load" tone="primary" onConfirm={start}>
        <p>{f?.requests === null || f === undefined ? "An unknown number of" : `About ${formatCount(f.requests)}`} requests go to revision {f?.revision} on {f?.replicas.ready} replica{f?.replicas.ready === 1 ? "" : "s"}, which cost {formatMoney(f?.costUsd, "an unknown amount")} in that time.</p>
        <p>Whoever calls this deployment meanwhile shares its replicas with the test. You can stop it at any time; the charts mark its start and end.</p>
      </ConfirmDialog>
    </Panel>
  );
}

const Row = ({ term, value, note }: { term: string; value: string | null; note?: string }) => <div className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 gap-y-0.5"><dt className="text-sm text-ink-muted">{term}</dt><dd className="figure text-right">{value ?? "…"}</dd>{note ? <dd className="col-span-2 text-xs text-ink-faint">{note}</dd> : null}</div>;
