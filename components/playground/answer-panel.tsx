import type { Answer, OutputTensor } from "@/components/playground/send-predict";
import { CodeBlock } from "@/components/ui/code-block";
import { Notice } from "@/components/ui/notice";
import { StackedBar, type BarPart } from "@/components/ui/stacked-bar";
import { formatDurationMs } from "@/lib/format/duration";

const TOP = 5;
const SHOWN_VALUES = 12;
const SHOWN_CHARACTERS = 20_000;

/** What the endpoint answered: its time, each output, and the JSON. */
export function AnswerPanel({ answer, freeSizes = [] }: { answer: Answer; /** Names of inputs whose signature leaves a size open. */ freeSizes?: string[] }) {
  if (!answer.ok) {
    return (
      <Notice state="failed" title={answer.status === 0 ? "No answer" : `The request was not answered (HTTP ${answer.status})`}>
        {answer.message}{answer.retryAfterSeconds ? ` Try again in ${answer.retryAfterSeconds} s.` : ""}
        {answer.status === 400 && freeSizes.length > 0 ? <p className="mt-2">The model leaves sizes of {freeSizes.join(" and ")} open, so the example guesses them. Where it wants others, set them under Shape.</p> : null}
      </Notice>
    );
  }
  return (
    <div className="grid gap-5">
      <TimeSplit answer={answer} />
      {answer.outputs.map((o) => <Output key={o.name} output={o} />)}
      <details>
        <summary className="cursor-pointer rounded-sm text-sm font-medium text-ink-muted hover:text-ink">Answer as JSON</summary>
        <CodeBlock className="mt-2" wrap code={answer.text.length > SHOWN_CHARACTERS ? `${answer.text.slice(0, SHOWN_CHARACTERS)}\n… ${(answer.text.length - SHOWN_CHARACTERS).toLocaleString("en-US")} more characters` : answer.text} />
      </details>
    </div>
  );
}

function TimeSplit({ answer }: { answer: Extract<Answer, { ok: true }> }) {
  const { totalMs, queueMs, computeMs } = answer;
  const part = (label: string, value: number, tone: BarPart["tone"]): BarPart => ({ label, value, valueText: formatDurationMs(value), tone });
  const rest = Math.max(0, totalMs - (queueMs ?? 0) - (computeMs ?? 0));
  const parts = [...(queueMs === null ? [] : [part("Queue", queueMs, "mid")]), ...(computeMs === null ? [] : [part("Compute", computeMs, "strong")]), part(queueMs === null || computeMs === null ? "Unmeasured and transfer" : "Transfer", rest, "faint")];
  return <StackedBar label="Time of this answer" parts={parts} capacity={totalMs} capacityText={<>{formatDurationMs(totalMs)} in all{answer.revision ? ` · revision ${answer.revision}` : ""}</>} />;
}

function Output({ output }: { output: OutputTensor }) {
  const { shape, data } = output;
  const last = shape.at(-1) ?? 1;
  const isScores = data.length === last && last >= 2 && data.every((v) => typeof v === "number");
  return (
    <section className="grid gap-2">
      <h3 className="flex flex-wrap items-baseline justify-between gap-x-3"><span className="font-mono text-sm font-medium wrap-anywhere">{output.name}</span><span className="font-mono text-xs font-normal text-ink-muted">{output.datatype} [{shape.join(" × ")}]</span></h3>
      {isScores ? <TopScores scores={data as number[]} /> : (
        <p className="rounded-md bg-sunken p-2.5 font-mono text-sm wrap-anywhere">{data.slice(0, SHOWN_VALUES).map((v) => (typeof v === "number" ? Number(v.toPrecision(5)) : JSON.stringify(v))).join(", ")}{data.length > SHOWN_VALUES ? <span className="text-ink-muted"> … {(data.length - SHOWN_VALUES).toLocaleString("en-US")} more</span> : null}</p>
      )}
    </section>
  );
}

function TopScores({ scores }: { scores: number[] }) {
  const top = scores.map((score, index) => ({ score, index })).sort((a, b) => b.score - a.score).slice(0, TOP);
  const low = Math.min(0, ...top.map((t) => t.score));
  const span = Math.max(...top.map((t) => t.score), 0) - low || 1;
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">Highest scores</caption>
      <thead><tr className="text-xs text-ink-muted"><th scope="col" className="w-16 pb-1 text-left font-medium">Index</th><th scope="col" className="pb-1 text-left font-medium">{scores.length > TOP ? `Highest ${TOP} of ${scores.length.toLocaleString("en-US")}` : "Scores"}</th><th scope="col" className="w-24 pb-1 text-right font-medium">Score</th></tr></thead>
      <tbody>
        {top.map(({ score, index }) => (
          <tr key={index}>
            <th scope="row" className="py-1 text-left font-mono font-normal">{index}</th>
            <td className="py-1"><div aria-hidden className="h-3 overflow-hidden rounded-sm bg-selected"><div className="h-full rounded-sm bg-utilisation-3" style={{ width: `${((score - low) / span) * 100}%` }} /></div></td>
            <td className="py-1 text-right font-mono tabular-nums">{Number(score.toPrecision(4))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
