import type { Cause } from "@/lib/deployments/diagnosis";
import type { DeploymentDto } from "@/lib/deployments/schema";

export type Diagnosis = {
  phase: string;
  /** The one sentence that matters. */
  summary: string;
  /** null: nothing went wrong lately. In the runtime's own words. */
  lastError: { revision: number; reason: string; message: string; at: string } | null;
  /** What to do, most useful first; empty: nothing. `unknown` where no rule matches. */
  advice: { code: string; text: string }[];
  /** One cause, one fix, and what they rest on; null: nothing is wrong. */
  cause: Cause | null;
  conditions: DeploymentDto["status"]["conditions"];
};

const ADVICE: Record<string, string> = {
  LoadFailed: "The runtime could not load the file. Read its words above and the log: often an operator or opset it does not know. Export the model again and upload it as a new version.",
  DigestMismatch: "The file on disk is not the one that was uploaded. Check the disk, then upload the version again.",
  OutOfMemory: "The replica took more memory than its profile has. Choose a profile with more memory.",
  Crashed: "The process ended by itself. Its last log lines say why; a variable or a secret may be wrong.",
  StartTimeout: "The model was not loaded in time. Choose a profile with more cores, or a smaller model.",
  Unplaceable: "This machine has no room for the replica. Stop another deployment, lower the replicas, or choose a smaller profile.",
  ProgressDeadlineExceeded: "No replica became ready in ten minutes. Read the log, then retry or roll back.",
};

/** Pure: from what is written down to one cause and what to do about it. */
export function diagnose(d: DeploymentDto): Diagnosis {
  const errors = d.status.revisions.flatMap((r) => (r.lastError ? [{ revision: r.n, ...r.lastError }] : []));
  const lastError = errors.sort((a, b) => (a.at < b.at ? 1 : -1))[0] ?? null;
  const progressing = d.status.conditions.find((c) => c.type === "Progressing");
  const unreachable = d.status.conditions.find((c) => c.type === "TargetReachable" && c.status === "False");
  const advice: Diagnosis["advice"] = [];
  if (unreachable) advice.push({ code: "TargetUnreachable", text: `The target "${d.target}" cannot be asked. See what its check says; on this machine, is the gateway running?` });
  if (progressing?.reason === "Blocked") advice.push({ code: "Blocked", text: progressing.message });
  const reason = d.phase === "Failed" && progressing && progressing.reason in ADVICE ? progressing.reason : lastError?.reason;
  const troubled = d.phase === "Failed" || d.phase === "Degraded" || (lastError !== null && d.phase !== "Ready" && d.phase !== "Stopped");
  if (troubled && reason && ADVICE[reason]) advice.push({ code: reason, text: ADVICE[reason] });
  if (d.phase === "Failed" && d.status.stableRevision !== null && d.status.stableRevision !== d.status.desiredRevision) {
    advice.push({ code: "RollBack", text: `Revision ${d.status.stableRevision} still serves. Roll back to it, or change the deployment and try again.` });
  }
  if (troubled && advice.length === 0) advice.push({ code: "Unknown", text: "No rule of Slipway matches this. The log and the events hold what is known." });
  return { phase: d.phase, summary: d.status.message, lastError, advice, cause: causeOf(d, lastError, advice), conditions: d.status.conditions };
}

/** The first advice with what it rests on: the shape every target answers in. */
function causeOf(d: DeploymentDto, lastError: Diagnosis["lastError"], advice: Diagnosis["advice"]): Cause | null {
  const first = advice[0];
  if (!first) return null;
  const conditions = d.status.conditions.filter((c) => (first.code === "TargetUnreachable" && c.type === "TargetReachable") || (c.type === "Progressing" && c.status === "False"));
  const evidence = [
    ...(lastError && first.code === lastError.reason ? [{ object: `Revision ${lastError.revision}`, source: `last failure, ${lastError.reason}`, text: lastError.message, at: lastError.at }] : []),
    ...conditions.map((c) => ({ object: `Deployment ${d.slug}`, source: `condition ${c.type} ${c.status}, ${c.reason}`, text: c.message, at: c.since })),
  ];
  return { code: first.code, cause: evidence[0]?.text ?? d.status.message, fix: first.text, evidence };
}
