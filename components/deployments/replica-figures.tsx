import { zeroWords } from "@/components/deploy/zero-words";
import type { DeploymentDto } from "@/lib/deployments/schema";

/** Wanted, starting and serving replicas; by revision where there are several. */
export function ReplicaFigures({ deployment: d }: { deployment: DeploymentDto }) {
  const { replicas, revisions } = d.status;
  const several = revisions.length > 1;
  return (
    <div className="grid gap-3">
      <dl className="grid grid-cols-3 gap-3">
        {([["Wanted", replicas.wanted], ["Starting", replicas.starting], ["Serving", replicas.ready]] as const).map(([label, n]) => (
          <div key={label} className="grid"><dt className="text-sm text-ink-muted">{label}</dt><dd className="figure text-xl font-medium">{n}</dd></div>
        ))}
      </dl>
      <p className="text-sm text-ink-muted">{d.scaling.min === d.scaling.max ? `Fixed at ${d.scaling.min} ${d.scaling.min === 1 ? "replica" : "replicas"}` : `Between ${d.scaling.min} and ${d.scaling.max}, one more above ${d.scaling.targetConcurrency} requests in flight a replica`}.</p>
      {d.scaling.min === 0 ? <p className="text-sm text-ink-muted">{zeroWords(d.scaling.idleSecondsBeforeZero, d.status.lastStart ? { seconds: d.status.lastStart.seconds, deployment: d.slug } : null)}</p> : null}
      {several ? (
        <ul className="grid gap-1 border-t border-line pt-3 text-sm">
          {revisions.map((r) => <li key={r.n} className="flex flex-wrap justify-between gap-x-3"><span>Revision {r.n}</span><span className="text-ink-muted tabular">{r.ready} of {r.wanted} serving, {r.weight} % of the traffic</span></li>)}
        </ul>
      ) : null}
    </div>
  );
}
