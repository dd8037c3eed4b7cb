import { FETCH_EXIT } from "@/lib/serving/fetch-exit";
import type { Cause } from "@/lib/deployments/diagnosis";
import { failureOf } from "@/lib/targets/kubernetes/pod-failure";
import { conditionOf } from "@/lib/targets/kubernetes/objects";
import { containerFacts, endedLine, eventLines, waitingLine, type ContainerFact } from "./evidence";
import type { DiagnosisInput } from "./input";
import { cause, textRule, type Rule } from "./rule";

const BACKOFF = ["BackOff"];

/** A rule over containers that ended. */
function ended(code: string, is: (c: ContainerFact) => boolean, text: (c: ContainerFact) => string, fix: string): Rule {
  return (input) => {
    const found = containerFacts(input).filter((c) => c.ended && is(c));
    const first = found[0];
    if (!first) return null;
    return cause(code, text(first), fix, [...found.map(endedLine), ...eventLines(input.events, found.map((c) => c.pod.metadata.uid ?? ""), BACKOFF)]);
  };
}

const words = (c: ContainerFact) => failureOf(c.pod, new Date(0))?.message ?? c.ended?.message?.trim() ?? "";
const quoted = (c: ContainerFact) => {
  const text = words(c).split("\n").at(-1)?.slice(0, 300) ?? "";
  return text ? ` Its last words: ${text}` : "";
};
const exits = (code: number) => (c: ContainerFact) => c.init && c.ended?.exitCode === code;
const GPU_MEMORY = /CUDA (?:error: )?out of memory|CUDA_ERROR_OUT_OF_MEMORY|torch\.(?:cuda\.)?OutOfMemoryError|No available memory for the cache blocks|CUBLAS_STATUS_ALLOC_FAILED/i;

export const CONTAINER_RULES: Rule[] = [
  textRule("SecretMissing", configLines, /(secret|configmap) "([^"]+)" not found/i, (m) => `The ${m[1]} ${m[2]} that the container needs is not there.`, "Slipway makes it again at its next pass. If it stays away, something on the cluster deletes it."),
  textRule("SecretKeyMissing", configLines, /couldn't find key (\S+) in (Secret|ConfigMap) (\S+)/i, (m) => `${m[2]} ${m[3]} has no key ${m[1]}.`, "Retry the deployment, so that Slipway applies it again."),
  textRule("RunAsRoot", configLines, /runAsNonRoot and image will run as root|runAsNonRoot.*non-numeric user/i, "The image wants to run as root, which no pod of a project may.", "Build the image with a numeric USER that is not 0."),
  textRule("ContainerConfig", configLines, /./s, "The node cannot make the container.", "The evidence has the node's words. Show it to a platform engineer."),
  ended("FilesChanged", exits(FETCH_EXIT.digestMismatch), (c) => `A file of the model is not the one that was approved. ${words(c)}`.trim(), "Check the artifact store, then upload the version again. Nothing unapproved was started."),
  ended("FilesRefused", exits(FETCH_EXIT.refused), (c) => `Slipway does not give the pod its files.${quoted(c)}`, "If the deployment still exists, retry it; was SLIPWAY_ENCRYPTION_KEY changed?"),
  ended("FilesUnreachable", exits(FETCH_EXIT.unreachable), (c) => `The pod cannot reach Slipway to fetch the model's files.${quoted(c)}`, "Set the target's artifact address to one that pods reach, and look at the cluster's way out and at network policies."),
  ended("DiskFull", (c) => (c.init && c.ended?.exitCode === FETCH_EXIT.disk) || /no space left on device/i.test(c.ended?.message ?? ""), () => "The pod's volume is full.", "Choose a profile with more disk."),
  ended("InitFailed", (c) => c.init, (c) => `The step that fetches the files ends with code ${c.ended?.exitCode}.${quoted(c)}`, "Read its log; the evidence has its last words."),
  ended("OutOfMemory", (c) => c.ended?.reason === "OOMKilled", () => "The container took more memory than its profile has, and was ended.", "Choose a profile with more memory, or a smaller batch."),
  ended("GpuOutOfMemory", (c) => GPU_MEMORY.test(c.ended?.message ?? ""), () => "The model does not fit into the GPU's memory.", "Choose a GPU with more memory or several GPUs, shorten the context, or use a quantised model."),
  ended("WrongArchitecture", (c) => /exec format error/i.test(c.ended?.message ?? ""), () => "The image's program is for another processor.", "Build it for the architecture of the profile."),
  ended("GpuDriver", (c) => /CUDA driver version is insufficient|no CUDA-capable device|Failed to initialize NVML|libcuda\.so/i.test(c.ended?.message ?? ""), () => "The container does not see a working GPU: the driver is too old, or the device is not given to it.", "Ask a platform engineer to look at the node's driver and the NVIDIA device plugin; or use an image for an older CUDA."),
  ended("CommandNotFound", (c) => c.ended?.exitCode === 127 || c.ended?.reason === "ContainerCannotRun" || c.ended?.reason === "StartError", (c) => `The container cannot start its program.${quoted(c)}`, "Check the image and its command."),
  ended("LoadFailed", (c) => failureOf(c.pod, new Date(0))?.reason === "LoadFailed", (c) => `The runtime cannot load the model. ${words(c)}`, "Export the model again, or choose another runtime, and deploy it as a new version."),
  probesFail,
  ended("Crashing", (c) => c.ended?.exitCode !== 0, (c) => `The server ends by itself with code ${c.ended?.exitCode}${c.ended?.signal ? ` (signal ${c.ended.signal})` : ""}, again and again.${quoted(c)}`, "Read the log of the run before (previous); a variable, a secret or the file is likely wrong."),
  ended("EndsAtOnce", (c) => !c.init, () => "The server ends by itself, as if it had nothing to do.", "Check the image's command: a model server has to go on running."),
];

function configLines(input: DiagnosisInput) {
  const stuck = containerFacts(input).filter((c) => ["CreateContainerConfigError", "CreateContainerError", "RunContainerError"].includes(c.status.state?.waiting?.reason ?? ""));
  return [...stuck.map(waitingLine), ...(stuck.length > 0 ? eventLines(input.events, stuck.map((c) => c.pod.metadata.uid ?? ""), ["Failed"]) : [])];
}

/** Runs and does not answer its probes; also when kubelet ended it for that. */
function probesFail(input: DiagnosisInput): Cause | null {
  const silent = containerFacts(input).filter((c) => !c.init && c.status.state?.running !== undefined);
  const killed = containerFacts(input).filter((c) => !c.init && (c.ended?.exitCode === 137 || c.ended?.exitCode === 143) && c.ended.reason !== "OOMKilled");
  const pods = new Set([...silent, ...killed].map((c) => c.pod));
  const evidence = eventLines(input.events, [...pods].map((p) => p.metadata.uid ?? ""), ["Unhealthy", "ProbeError", "Killing"]).filter((e) => /probe/i.test(e.text));
  if (evidence.length === 0) return null;
  const startup = evidence.some((e) => /startup probe failed|failed startup probe/i.test(e.text));
  const liveness = evidence.some((e) => /failed liveness probe/i.test(e.text));
  const at = [...pods].map((p) => conditionOf(p.status?.conditions, "Ready")).find((c) => c !== undefined);
  const said = at?.message ?? at?.reason;
  const extra = at && said ? [{ object: "Pod", source: `condition Ready ${at.status}`, text: said, at: at.lastTransitionTime ?? null }] : [];
  if (liveness) return cause("LivenessProbe", "The server stopped answering and was started again by the node.", "Read the log of the run before. A request that takes all the processors, or too little memory, does that.", [...evidence, ...extra]);
  return startup
    ? cause("StillLoading", "The server runs and has not answered its start-up probe yet: it is loading, or it hangs.", "Read the log. A large model takes minutes; if it never ends, choose a profile with more cores, or check the image's port.", [...evidence, ...extra])
    : cause("ReadinessProbe", "The server runs and says that it is not ready.", "Read the log; the evidence has what the probe got.", [...evidence, ...extra]);
}
