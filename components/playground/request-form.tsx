"use client";
import { FlaskConical, Send } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { shapeWords } from "@/components/models/shape-words";
import { AnswerPanel } from "@/components/playground/answer-panel";
import { codeSamples, sendsGivenValues } from "@/components/playground/code-samples";
import { encodeRequest, encodingOf, type Encoding } from "@/lib/models/inspect/encode-request";
import { ImageInput } from "@/components/playground/image-input";
import { requestFromText } from "@/components/playground/request-from-text";
import { predictPath, sendPredict, type Answer } from "@/components/playground/send-predict";
import { TensorInput } from "@/components/playground/tensor-input";
import { TrafficMinute } from "@/components/playground/traffic-minute";
import { useOrigin } from "@/components/playground/use-origin";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Textarea } from "@/components/ui/textarea";
import { zeroWords } from "@/components/deploy/zero-words";
import type { DeploymentDto } from "@/lib/deployments/schema";
import { exampleInputs, type ExampleInput } from "@/lib/models/inspect/example-inputs";
import { guessImageInput } from "@/lib/models/inspect/image-input";
import type { Signature } from "@/lib/models/inspect/types";

type View = "form" | "json";
/** Characters above which a request is not put into a text box. */
const LONGEST_TEXT = 200_000;

/** Request left, answer right; below them generated traffic and the same call in code. */
export function RequestForm({ project, deployment, signature, onMeasured }: { project: string; deployment: DeploymentDto; signature: Signature; onMeasured: () => void }) {
  const example = useMemo(() => exampleInputs(signature)?.inputs ?? null, [signature]);
  const [inputs, setInputs] = useState<ExampleInput[] | null>(example);
  const [made, setMade] = useState(0);
  const [view, setView] = useState<View>(example ? "form" : "json");
  const [text, setText] = useState("");
  const [errors, setErrors] = useState<Record<string, string | null>>({});
  const [encoding, setEncoding] = useState<Encoding>("auto");
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [sending, setSending] = useState(false);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const setters = useMemo(() => Object.fromEntries(signature.inputs.map((i) => [i.name, {
    change: (next: ExampleInput) => setInputs((all) => all?.map((other) => (other.name === next.name ? next : other)) ?? null),
    error: (message: string | null) => setErrors((all) => ({ ...all, [i.name]: message })),
  }])), [signature]);

  const typed = view === "json" ? requestFromText(text) : null;
  const current = typed ? typed.inputs : inputs;
  const invalid = typed ? typed.error : (Object.values(errors).find(Boolean) ?? null);
  const sentAs = encoding === "auto" ? (current ? encodingOf(current) : "json") : encoding;
  const ready = deployment.status.replicas.ready > 0;
  const asleep = deployment.phase === "Asleep";
  const show = (next: View) => {
    if (next === "json") {
      const written = JSON.stringify({ inputs: inputs ?? [] });
      setText(written.length <= LONGEST_TEXT ? written : "");
    }
    setView(next);
  };
  const send = async () => {
    if (!current || invalid) return;
    abort.current = new AbortController();
    setSending(true);
    try {
      setAnswer(await sendPredict(project, deployment.slug, encodeRequest(current, encoding), abort.current.signal));
      onMeasured();
    } catch {
      // Aborted: the page was left.
    } finally {
      setSending(false);
    }
  };
  const origin = useOrigin();
  // The edge of a cluster takes tokens of five minutes, made for one deployment; through the portal an API token does, as on this machine.
  const called = useMemo(() => (deployment.targetKind === "local" || (deployment.public && deployment.status.url !== null)
    ? { url: `${deployment.status.url}/v2/models/${encodeURIComponent(deployment.slug)}/infer`, withToken: !deployment.public }
    : { url: `${origin}${predictPath(project, deployment.slug)}`, withToken: true }), [deployment.targetKind, deployment.public, deployment.status.url, deployment.slug, origin, project]);
  const samples = useMemo(() => {
    const base = current ?? example;
    return base && base.length > 0 ? { given: sendsGivenValues(base), code: codeSamples({ ...called, inputs: base }) } : null;
  }, [current, example, called]);

  return (
    <>
      {asleep ? <Notice title="It sleeps; sending wakes it">{zeroWords(deployment.scaling.idleSecondsBeforeZero, deployment.status.lastStart ? { seconds: deployment.status.lastStart.seconds, deployment: deployment.slug } : null)}</Notice> : null}
      {ready || asleep ? null : <Notice state="warning" title={`The deployment is ${deployment.phase}`}>{deployment.status.message} No replica is ready to answer.</Notice>}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Panel title="Request" actions={<><SegmentedControl<View> aria-label="Write the request as" options={[...(example ? [{ value: "form" as const, label: "Form" }] : []), { value: "json" as const, label: "JSON" }]} value={view} onValueChange={show} />{example ? <Button size="sm" variant="ghost" onClick={() => { setInputs(example); setErrors({}); setMade(made + 1); if (view === "json") { const written = JSON.stringify({ inputs: example }); setText(written.length <= LONGEST_TEXT ? written : ""); } }}>Example</Button> : null}</>}>
          <div className="grid gap-4">
            {view === "json" ? (
              <Field label="Open Inference Protocol request" error={text.trim() === "" ? null : invalid} hint={text === "" ? "The values are too many to be shown here; paste a request to send another." : undefined}><Textarea mono rows={10} value={text} onChange={(e) => setText(e.target.value)} /></Field>
            ) : inputs?.map((input) => {
              const spec = signature.inputs.find((s) => s.name === input.name)!;
              const guess = guessImageInput(spec);
              const { change, error } = setters[input.name]!;
              return (
                <section key={`${input.name}/${made}`} className="grid gap-2">
                  <h3 className="flex flex-wrap items-baseline justify-between gap-x-3"><span className="font-mono text-sm font-medium wrap-anywhere">{input.name}</span><span className="font-mono text-xs font-normal text-ink-muted">{spec.datatype} {shapeWords(spec.shape, spec.dimensionNames)}</span></h3>
                  {guess ? <ImageInput spec={spec} guess={guess} onChange={change} onError={error} /> : <TensorInput input={input} onChange={change} onError={error} />}
                  {guess && errors[input.name] ? <p role="alert" className="text-sm text-failed">{errors[input.name]}</p> : null}
                </section>
              );
            })}
            <div className="flex flex-wrap items-center justify-between gap-3"><Button variant="primary" onClick={() => void send()} loading={sending} disabled={!current || Boolean(invalid) || !ready}><Send aria-hidden />Send request</Button>
              <div className="flex items-center gap-2 text-sm text-ink-muted">Tensors as <SegmentedControl<"json" | "binary"> aria-label="Send tensors as" options={[{ value: "json", label: "JSON" }, { value: "binary", label: "Binary" }]} value={sentAs} onValueChange={setEncoding} /></div></div>
          </div>
        </Panel>
        <Panel title="Answer"><div aria-live="polite">{answer ? <AnswerPanel answer={answer} freeSizes={signature.inputs.filter((i) => i.shape?.includes(-1)).map((i) => i.name)} /> : <EmptyState headingLevel={3} icon={<FlaskConical />} title="Nothing sent yet">Send the request to see its answer and where the time went.</EmptyState>}</div></Panel>
      </div>
      <TrafficMinute project={project} deployment={deployment.slug} encode={() => (current && !invalid ? encodeRequest(current, encoding) : null)} disabled={!current || Boolean(invalid) || !ready} onDone={onMeasured} />
      {samples ? (
        <Panel title="The same call in code" description={<>{deployment.public ? "The endpoint is public and asks for no token." : <>Put a token with the right to predict into <code className="font-mono">SLIPWAY_TOKEN</code>.</>}{samples.given ? "" : " A large tensor is made of zeros here; put your values in its place."}</>}>
          <CodeBlock code={samples.code} />
        </Panel>
      ) : null}
    </>
  );
}
