import { refusalLines } from "./evidence";
import { textRule, type Rule } from "./rule";

/** The API server would not have the pods: nothing is there yet that could be pending. */
export const REFUSAL_RULES: Rule[] = [
  textRule("QuotaExceeded", refusalLines, /exceeded quota: ([^,]+), requested: (.+?), used: (.+?), limited: (.+)$/s,
    (m) => `The project's quota ${m[1]} is used up: ${m[2]} more is asked for, ${m[3]} of ${m[4]} is used.`,
    "Stop or shrink another deployment of this project here, lower the replicas, or ask a platform engineer to raise the quota."),
  textRule("QuotaNeedsRequests", refusalLines, /failed quota: ([^:]+): must specify (.+?)(?: for: .*)?$/s,
    (m) => `The quota ${m[1]} takes only pods that say ${m[2]}.`, "Ask a platform engineer: a quota that Slipway did not make stands in this namespace."),
  textRule("PodSecurity", refusalLines, /violates PodSecurity "([^"]+)": (.+)$/s,
    (m) => `The namespace allows only pods of the level ${m[1]}, and this one is not: ${m[2]}.`, "Use an image that runs without root and without these rights. The level of the project's namespace is not lowered."),
  textRule("LimitRange", refusalLines, /(?:maximum|minimum) (\S+) usage per (\S+) is ([^,]+), but (?:limit|request) is ([^.\s]+)/,
    (m) => `One ${m[2]?.toLowerCase()} may have ${m[3]} of ${m[1]}, and ${m[4]} is asked for.`, "Choose a smaller profile, or ask a platform engineer to raise the LimitRange of the namespace."),
  textRule("ServiceAccountMissing", refusalLines, /error looking up service account ([^:\s]+)/, (m) => `The service account ${m[1]} is not there.`, "Wait a moment: Slipway makes it again. If it stays away, something on the cluster deletes it."),
  textRule("AdmissionDenied", refusalLines, /(?:admission webhook "([^"]+)" denied the request|ValidatingAdmissionPolicy '([^']+)'.*denied request):? ?(.*)$/s,
    (m) => `A rule of the cluster (${m[1] ?? m[2]}) refuses the pods: ${(m[3] ?? "").trim() || "it gives no reason"}.`, "Show this to a platform engineer: the rule has to allow Slipway's pods, or the deployment has to follow it."),
  textRule("WebhookUnreachable", refusalLines, /failed calling webhook "([^"]+)"/, (m) => `The cluster asks the webhook ${m[1]} about each pod, and it does not answer.`, "Ask a platform engineer to start that webhook again. Until then no pod can be made."),
  textRule("RuntimeClassMissing", refusalLines, /RuntimeClass(?:\.node\.k8s\.io)? "?([\w-]+)"? not found/, (m) => `The runtime class ${m[1]} is not there.`, "Ask a platform engineer to make it again; the GPU operator makes the one named nvidia."),
  textRule("PriorityClassMissing", refusalLines, /no PriorityClass with name (\S+)/, (m) => `The priority class ${m[1]} is not there.`, "Ask a platform engineer to make it again."),
];
