import type { Layout } from "@/lib/serving/layout";

/** What is to be served, as far as a runtime's choice hangs on it. */
export type ServedSet = {
  /** As the inspection names it. */
  format: string;
  /** Paths inside the version; empty for an image. null: not read (a list that shows only the format). */
  paths: readonly string[] | null;
  /** Facts of the inspection. */
  facts: Readonly<Record<string, string | number>>;
  /** true: an image of the user's own is given. */
  ownImage: boolean;
};

export type TensorInput = { name: string; datatype: string | null; shape: number[] | null };

/** What a pod is made from. Slugs and numbers only, but for the paths of files, which end up in the layout alone. */
export type ServeInput = {
  /** Name the model answers to: the deployment's slug. */
  model: string;
  revision: number;
  paths: readonly string[];
  format: string;
  signature: { inputs: readonly TensorInput[]; outputs: readonly TensorInput[] } | null;
  cpuMillicores: number;
  memoryMib: number;
  /** Accelerators of a replica; 0: none. */
  accelerators: number;
  queueLimit: number;
  /** Labels the server's own metrics carry. */
  project: string;
  deployment: string;
  /** Slipway's model server, and the user's own image where one is given. */
  modelServerImage: string;
  ownImage: string | null;
};

export type HttpProbe = { path: string } | "tcp";

/** The container of a replica, apart from what every pod of Slipway's has. */
export type PodShape = {
  image: string;
  command: string[] | null;
  args: string[];
  env: Record<string, string>;
  /** `metrics` may be the same port. */
  ports: { http: number; metrics: number | null };
  metricsPath: string;
  probes: { live: HttpProbe; ready: HttpProbe };
  /** Folders it must be able to write, beside /tmp and HOME: each an emptyDir. */
  writable: { name: string; mountPath: string; sizeMib: number }[];
  /** Size of /dev/shm, MiB; 0: the runtime's default of 64 MiB will do. Counts as memory of the pod. */
  sharedMemoryMib: number;
  /** The account the image expects; any will do for most. */
  uid: number;
  /** Start of the server itself, before a byte of the model is read, seconds. */
  startBaseSeconds: number;
  layout: Layout;
};

/** Requests a replica has in flight, for the autoscaler: a gauge of the server's own; null: it has none. */
export type LoadMetric = { name: string; meaning: string } | null;

/** How models are served: one file a runtime, all of them in runtimes.ts. */
export type ServingRuntime = {
  /** As in Revision.runtime and the API. */
  name: string;
  title: string;
  /** Formats it serves, as the inspection names them. */
  formats: readonly string[];
  /** true: it runs in a pod, never on this machine. */
  needsCluster: boolean;
  /** false: its makers have stopped; shown with the choice. */
  maintained: boolean;
  /** Why it cannot be used on the local target; null where it can. */
  whyNotLocal: string | null;
  /** Why it cannot serve a set of a format it serves, in a sentence that says what to do; null: it can. */
  whyNot(set: ServedSet): string | null;
  /** true: the image is the user's own, and the model is in it: no files are fetched. */
  needsImage: boolean;
  pod(input: ServeInput): PodShape;
  /** Names its metrics are read by (docs/metrics). */
  dialect: "slipway" | "triton" | "vllm" | "mlserver" | "torchserve" | "bentoml" | "http";
  load: LoadMetric;
};
