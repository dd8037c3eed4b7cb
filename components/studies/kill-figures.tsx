import data from "@/content/case-studies/killed-workers.json";
import cluster from "@/content/case-studies/killed-workers-cluster.json";
import { Bars } from "./bars";
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

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.ceil(values.length / 2) - 1]!;
const onCluster = [...new Set(cluster.kills.map((k) => k.operation))].map((operation) => ({ operation, kills: cluster.kills.filter((k) => k.operation === operation) }));
const kinds = (kills: typeof cluster.kills) => [...new Set(kills.map((k) => k.write.split(" ")[1]!))].sort().join(", ");

export const ClusterMadeBy = () => <MadeBy date={cluster.date} commit={cluster.commit} machine={cluster.machine} load={cluster.loadAtStart} script="tsx scripts/studies/cluster-kills.ts" />;
export const ClusterSentence = () => <p className="mt-4">{cluster.kills.length} workers were killed, {cluster.kills.filter((k) => k.phase === "before").length} before the API server had seen the write and {cluster.kills.filter((k) => k.phase === "after").length} after it had done it. Each time a new worker came to the same end: every object that is rendered, as it is rendered, and no other.</p>;

export function ClusterKills() {
  return (
    <>
      <Bars title="From a new worker’s start until everything stands" unit="seconds, median of each operation’s kills" colour="latency" bars={onCluster.map(({ operation, kills }) => { const s = median(kills.map((k) => k.seconds)); return { label: `${operation}, ${kills.length} kills`, value: s, text: `${s.toFixed(1)} s, at most ${Math.max(...kills.map((k) => k.seconds)).toFixed(1)} s`, strong: true }; })} />
      <div tabIndex={0} role="group" aria-label="Kills on a cluster" className="panel mt-6 overflow-x-auto">
        <table className="w-full text-base">
          <thead><tr>{["Operation", "Killed at write", "Objects being written"].map((h) => <th key={h} scope="col" className="border-b border-line bg-sunken px-3 py-2 text-left font-medium whitespace-nowrap text-ink-muted">{h}</th>)}</tr></thead>
          <tbody>{onCluster.map(({ operation, kills }) => <tr key={operation}><th scope="row" className="px-3 py-2 text-left align-top font-medium whitespace-nowrap">{operation}</th><td className="figure px-3 py-2 align-top whitespace-nowrap">1 to {Math.max(...kills.map((k) => k.nth))}</td><td className="px-3 py-2 align-top text-ink-muted">{kinds(kills)}</td></tr>)}</tbody>
        </table>
      </div>
    </>
  );
}
