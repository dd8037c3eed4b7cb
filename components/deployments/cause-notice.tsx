import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Cause } from "@/lib/deployments/diagnosis";

/** States in which waiting is all there is to do. */
const CALM = new Set(["NodeComing", "Starting", "StillLoading", "SpotInterrupted"]);

/** One cause, one fix, and the cluster's own words for who wants them. */
export function CauseNotice({ cause, nowMs }: { cause: Cause; nowMs: number }) {
  return (
    <Notice state={CALM.has(cause.code) ? "info" : "warning"} title={cause.cause}>
      <div className="grid gap-2">
        <p>{cause.fix}</p>
        {cause.evidence.length > 0 ? (
          <details className="group">
            <summary className="link w-fit cursor-pointer">What this rests on</summary>
            <ul className="mt-2 grid gap-2">
              {cause.evidence.map((e, i) => (
                <li key={i} className="grid gap-1 rounded-md border border-line bg-surface px-3 py-2">
                  <p className="flex flex-wrap gap-x-2 text-xs"><span className="text-ink">{e.object}</span><span>{e.source}</span>{e.at ? <RelativeTime time={e.at} nowMs={nowMs} /> : null}</p>
                  <pre className="font-mono text-xs whitespace-pre-wrap text-ink wrap-anywhere">{e.text}</pre>
                </li>
              ))}
            </ul>
          </details>
        ) : null}
      </div>
    </Notice>
  );
}
