import data from "@/content/case-studies/ocr-pipeline.json";
import { Bars } from "./bars";
import { MadeBy } from "./made-by";

const ms = (v: number) => `${v.toFixed(v < 10 ? 2 : 1)} ms`;
export const OcrMadeBy = () => <MadeBy date={data.date} commit={data.commit} machine={data.machine} load={data.loadAtStart} script="tsx scripts/studies/ocr.ts" />;

export function Latencies({ q }: { q: "p50" | "p99" }) {
  return <Bars title={`${q} of each stage`} unit="milliseconds, median of rounds" colour="latency" bars={data.stages.flatMap((s) => [{ label: `${s.name}, straight`, value: s.straight[q], text: ms(s.straight[q]) }, { label: `${s.name}, gateway`, value: s.gateway[q], text: ms(s.gateway[q]), strong: true }])} />;
}

export function PipelineSentence() {
  const { gatewayP50, straightP50 } = data.pipeline;
  return <p className="mt-4">One after another, the three stages’ p50 add up to {ms(straightP50)} straight and {ms(gatewayP50)} through the gateway: a difference of {ms(gatewayP50 - straightP50)}, or {(((gatewayP50 - straightP50) / straightP50) * 100).toFixed(1)}%. {data.rounds} rounds of {data.requests} requests each way.</p>;
}

export function StagesTable() {
  return (
    <div tabIndex={0} role="group" aria-label="Stages" className="panel mt-6 overflow-x-auto">
      <table className="w-full text-base">
        <thead><tr>{["Stage", "File", "Input", "Body", "Upload", "Deploy to ready"].map((h) => <th key={h} scope="col" className="border-b border-line bg-sunken px-3 py-2 text-left font-medium whitespace-nowrap text-ink-muted">{h}</th>)}</tr></thead>
        <tbody>{data.stages.map((s) => <tr key={s.name}>{[`${s.name}: ${s.what}`, `${(s.fileBytes / 1024 ** 2).toFixed(1)} MiB`, s.shape.join(" × "), `${(s.bodyBytes / 1024 ** 2).toFixed(2)} MiB`, `${s.uploadMs.toFixed(0)} ms`, `${(s.readyMs / 1000).toFixed(2)} s`].map((v, n) => <td key={n} className="px-3 py-2 align-top whitespace-nowrap">{v}</td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}
