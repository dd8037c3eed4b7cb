import fs from "node:fs";
import { parse } from "yaml";

/** The value of this variable of a container says how its pod goes wrong; without it the pod becomes ready at once. */
export const FAULT_VARIABLE = "SLIPWAY_TEST_FAULT";
export type Fault = "crash" | "load" | "oom" | "image" | "init" | "unready";

type Expression = { key: string; operator: "In" | "NotIn" | "Exists" | "DoesNotExist"; values?: string[] };
type Stage = { metadata: { name: string }; spec: { selector: { matchExpressions: Expression[] } } };

const FAULT = `.spec.containers.[].env.[] | select( .name == "${FAULT_VARIABLE}" ) | .value`;
const alive: Expression = { key: ".metadata.deletionTimestamp", operator: "DoesNotExist" };
const untouched: Expression = { key: ".status.containerStatuses", operator: "DoesNotExist" };
const scheduled: Expression = { key: ".spec.nodeName", operator: "Exists" };

/** kwok's own stages, the ready one only for pods that are meant to be well. `files` are from kwok's module. */
export function stages(files: string[]): unknown[] {
  const own = files.map((file) => parse(fs.readFileSync(file, "utf8")) as Stage);
  own.find((s) => s.metadata.name === "pod-ready")?.spec.selector.matchExpressions.push({ key: FAULT, operator: "DoesNotExist" });
  return [...own, metricsPath, ...faultStages()];
}

function stage(name: string, kind: "Node" | "Pod", matchExpressions: Expression[], next: object, more: { weight?: number; delay?: { durationMilliseconds: number } } = {}) {
  return { apiVersion: "kwok.x-k8s.io/v1alpha1", kind: "Stage", metadata: { name }, spec: { resourceRef: { apiGroup: "v1", kind }, selector: { matchExpressions }, next, ...more } };
}

/** metrics-server reads a node's metrics at the path that this annotation names. Its weight: before the heartbeat, which takes ten minutes. */
const metricsPath = stage("node-metrics-path", "Node", [{ key: '.metadata.annotations["metrics.k8s.io/resource-metrics-path"]', operator: "DoesNotExist" }, { key: '.status.conditions.[] | select( .type == "Ready" ) | .status', operator: "In", values: ["True"] }], {
  patches: [{ root: "metadata", type: "merge", template: "annotations:\n  metrics.k8s.io/resource-metrics-path: /metrics/nodes/{{ .metadata.name }}/metrics/resource\n" }],
}, { weight: 1 });

const NOW = "@now";
const ended = (exitCode: number, reason: string, message?: string) => ({ terminated: { exitCode, reason, ...(message ? { message } : {}), startedAt: NOW, finishedAt: NOW } });
const waiting = (reason: string, message?: string) => ({ waiting: { reason, ...(message ? { message } : {}) } });
const fetched = { ready: true, restartCount: 0, state: ended(0, "Completed") };

/** The statuses are as a kubelet of 1.36 writes them. */
function faultStages(): unknown[] {
  return [
    ...crashing("crash", ended(1, "Error", "onnx: the graph has a cycle at node 7")),
    // The last line Slipway's model server writes when a model does not load.
    ...crashing("load", ended(1, "Error", JSON.stringify({ event: "failed", reason: "LoadFailed", message: "Load model from /model/model.onnx failed: Protobuf parsing failed." }))),
    ...crashing("oom", ended(137, "OOMKilled")),
    first("image", "Failed", "Failed to pull image: rpc error: code = NotFound desc = failed to pull and unpack image: not found",
      status({ phase: "Pending", init: fetched, container: { ready: false, started: false, restartCount: 0, state: waiting("ImagePullBackOff", "Back-off pulling image: ErrImagePull: not found") } })),
    first("init", "BackOff", "Back-off restarting failed container",
      status({
        phase: "Pending", initialized: false, container: { ready: false, started: false, restartCount: 0, state: waiting("PodInitializing") },
        init: { ready: false, restartCount: 2, state: waiting("CrashLoopBackOff", "back-off 20s restarting failed container"), lastState: ended(3, "Error", "model.onnx: sha256 is not the one that was approved") },
      })),
    first("unready", "Unhealthy", "Startup probe failed: HTTP probe failed with statuscode: 503",
      status({ phase: "Running", init: fetched, container: { ready: false, started: false, restartCount: 0, state: { running: { startedAt: NOW } } } })),
  ];
}

function first(fault: Fault, reason: string, message: string, statusTemplate: string) {
  return stage(`fault-${fault}`, "Pod", [alive, scheduled, untouched, { key: FAULT, operator: "In", values: [fault] }], { event: { type: "Warning", reason, message }, statusTemplate });
}

/** Starts, ends, waits, again and again; the count of restarts grows. */
function crashing(fault: Fault, lastState: object): unknown[] {
  const body = (restartCount: number | string) => status({ phase: "Running", init: fetched, container: { ready: false, started: false, restartCount, state: waiting("CrashLoopBackOff", "back-off 10s restarting failed container"), lastState } });
  const event = { type: "Warning", reason: "BackOff", message: "Back-off restarting failed container" };
  const again: Expression[] = [alive, { key: ".status.containerStatuses", operator: "Exists" }, { key: FAULT, operator: "In", values: [fault] }];
  return [
    first(fault, event.reason, event.message, body(1)),
    stage(`fault-${fault}-again`, "Pod", again, { event, statusTemplate: body("@add1 (index $root.status.containerStatuses 0).restartCount") }, { delay: { durationMilliseconds: 3_000 } }),
  ];
}

/** A template is YAML, which JSON is: built as objects, the marked strings then made expressions. */
function status(s: { phase: string; initialized?: boolean; init: object; container: object }): string {
  const condition = (type: string, ok: boolean) => ({ type, status: ok ? "True" : "False", lastTransitionTime: NOW, ...(ok ? {} : { reason: type === "Initialized" ? "ContainersNotInitialized" : "ContainersNotReady" }) });
  const each = (list: string, one: object) => `[{{ range ${list} }}${expressions({ name: "@.name", image: "@.image", imageID: "", ...one })}, {{ end }}]`;
  return [
    "{{ $now := Now }}{{ $root := . }}",
    `phase: ${s.phase}`, "startTime: {{ or .status.startTime $now | Quote }}",
    `conditions: ${expressions([condition("Initialized", s.initialized ?? true), condition("Ready", false), condition("ContainersReady", false)])}`,
    `initContainerStatuses: ${each(".spec.initContainers", s.init)}`, `containerStatuses: ${each(".spec.containers", s.container)}`, "",
  ].join("\n");
}

function expressions(value: unknown): string {
  return JSON.stringify(value).replaceAll(/"@(add1 [^"]*)"/g, "{{ $1 }}").replaceAll(`"${NOW}"`, "{{ $now | Quote }}").replaceAll(/"@(\.\w+)"/g, "{{ $1 | Quote }}");
}
