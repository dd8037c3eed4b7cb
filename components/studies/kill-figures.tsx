import data from "@/content/case-studies/killed-workers.json";
import { MadeBy } from "./made-by";

const points = [...new Set(data.cells.map((c) => c.point))];
const operations = [...new Set(data.cells.map((c) => c.operation))];

export const KillMadeBy = () => <MadeBy date={data.date} commit={data.commit} machine={data.machine} load={data.loadAtStart} script="NODE_ENV=test tsx scripts/studies/kills.ts" />;
export const KillSentence = () => <p className="mt-4">{data.cells.filter((c) => c.held).length} of {data.cells.length} points held; {data.kills} workers were killed. Every cell is one run; the seconds cover all of it: what is prepared before the kill, the kill, and until a new worker has settled everything.</p>;

export function KillMatrix() {
  return (
    <div tabIndex={0} role="group" aria-label="Kill matrix" className="panel mt-6 overflow-x-auto">
      <table className="w-full text-base">
        <thead><tr><th scope="col" className="border-b border-line bg-sunken px-3 py-2 text-left font-medium text-ink-muted">Operation</th>{points.map((p) => <th key={p} scope="col" className="border-b border-line bg-sunken px-3 py-2 text-right align-bottom font-medium text-ink-muted">{p.replace("-", " ")}</th>)}</tr></thead>
        <tbody>{operations.map((o) => <tr key={o}><th scope="row" className="px-3 py-2 text-left font-medium whitespace-nowrap">{o}</th>{points.map((p) => { const cell = data.cells.find((c) => c.operation === o && c.point === p); return <td key={p} className={`figure px-3 py-2 text-right ${cell ? (cell.held ? "text-ready" : "text-failed") : "text-ink-faint"}`}>{cell ? <>{cell.held ? "held" : "failed"} <span className="block whitespace-nowrap text-sm text-ink-muted">{cell.seconds.toFixed(1)} s</span></> : "not passed"}</td>; })}</tr>)}</tbody>
      </table>
    </div>
  );
}
