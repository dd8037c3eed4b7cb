import type { Cause } from "@/lib/deployments/diagnosis";
import type { Signature } from "@/lib/models/inspect/types";

/**
 * What a place to run models must be able to do. Every verb is idempotent and level-triggered: the caller always hands over
 * the whole desired state, and asking twice is the same as asking once. A target never touches the database.
 */
export interface Target {
  /** What is there, what is missing, and the one command that mends it. */
  check(): Promise<Finding[]>;
  /** Dry run: what `apply` would change. */
  plan(spec: DeploymentSpec): Promise<Diff>;
  /** Makes the whole desired state so. Returns once it is accepted, not once it is reached: `observe` tells that. */
  apply(spec: DeploymentSpec): Promise<void>;
  /** What is there now. Absence is a value (`exists: false`), never an error. Throws AppError("bad_gateway") when the target cannot be asked. */
  observe(ref: DeploymentRef): Promise<Observation>;
  /** Everything it holds, as `observe` tells it, by deployment id: one question for a resync of thousands. */
  observeAll(): Promise<Map<string, Observation>>;
  /** What changed since an earlier answer, so that a steady target costs one short question. null: ask from now on. */
  changes(since: string | null): Promise<Changes>;
  /** Where the target can tell by itself that something changed: calls `wake` then, so that nobody waits for the next question. Returns how to stop. */
  onChange?(wake: () => void): () => void;
  /** Ends watches and connections; calls under way come to their end. For a target that another takes the place of. */
  close?(): void;
  /** Everything the target holds, for the orphan sweep. */
  list(): Promise<DeploymentRef[]>;
  /** Takes the deployment away. Already gone is success. */
  remove(ref: DeploymentRef): Promise<void>;
  endpoint(ref: DeploymentRef): Promise<Endpoint | null>;
  /** Why replicas are not ready, from what only the target sees; null: nothing is missing. Targets that see nothing more leave it out. */
  diagnose?(ref: DeploymentRef): Promise<Cause | null>;
  /** The pools that its nodes are made from. Targets that make no nodes leave it out. */
  nodePools?: NodePools;
  /** Drains a node of a deployment on purpose. Targets without nodes leave it out. */
  drain?: NodeDrain;
  logs(ref: DeploymentRef, options: LogOptions): AsyncIterable<LogLine>;
}

/** What a drill does to a node. Every verb may be repeated. */
export interface NodeDrain {
  /** The replicas of a deployment and where they are. */
  look(ref: DeploymentRef): Promise<PlacedReplica[]>;
  /** Takes nothing new any more. false: it was so already, and is not ours to take back. */
  cordon(node: string): Promise<boolean>;
  /** A node that is gone is success. */
  uncordon(node: string): Promise<void>;
  /** Asks the cluster to evict the replicas of the deployment from a node. Budgets hold: `blocked` says what stands in the way, null where nothing does. */
  evict(ref: DeploymentRef, node: string): Promise<{ blocked: string | null }>;
}

export type PlacedReplica = { id: string; node: string | null; ready: boolean; readyAt: string | null; leaving: boolean };

/** Where nodes come from. `apply` makes machines possible that cost money: it is for whoever connects clusters. */
export interface NodePools {
  list(): Promise<NodePoolState[]>;
  /** Dry run by the cluster's own API server. Throws AppError("unprocessable") where no pools can be made there. */
  plan(plan: NodePoolPlan): Promise<PlannedNodePools>;
  apply(plan: NodePoolPlan): Promise<void>;
}

export type NodePoolPlan = {
  placement: Placement;
  /** The most it may make, over all its nodes. */
  limits: { cpu: number; memoryGib: number; accelerators: number };
  /** Disk the largest replica asks for, and its image unpacked; null: not measured. */
  replicaDiskGib: number;
  imageGib: number | null;
  /** IAM role of the nodes, and the tag that marks the cluster's subnets and security groups (`karpenter.sh/discovery`). */
  nodeRole: string;
  discovery: string;
};

export type PlannedNodePools = {
  yaml: string;
  objects: ObjectDiff[];
  /** What each part is there for, in the order of the YAML. */
  explained: { object: string; field: string; value: string; why: string }[];
};

export type NodePoolState = {
  name: string;
  /** Slipway made it. */
  own: boolean;
  capacityTypes: string[]; instanceTypes: string[];
  /** By resource, as Kubernetes writes quantities; null: no limit, or nothing used yet. */
  limits: Record<string, string> | null; used: Record<string, string> | null;
  ready: boolean | null;
  message: string | null;
};

/** `id` is the identity; the slugs make names that people can read. `projectId` too is an identity: a slug may be used again after a project is gone. */
export type DeploymentRef = { id: string; project: string; projectId: string; deployment: string };

export type ArtifactFile = {
  /** Path inside the version, POSIX, relative, no `..`. */
  path: string;
  sizeBytes: number;
  /** Lower-case hex. The server verifies it before it loads the file. */
  sha256: string;
  /** Key in the artifact store, made by Slipway: never a user's string. */
  blobId: string;
};

export type Resources = {
  cpuMillicores: number;
  memoryMib: number;
  accelerator: { name: string; count: number } | null;
};

export type RevisionSpec = {
  /** Revision number, from 1. */
  n: number;
  /** Share of traffic in percent, 0..100. The weights of a spec sum to 100, or to 0 when nothing may be served yet. */
  weight: number;
  /** Name of the ServingRuntime (lib/serving). */
  runtime: string;
  /** Name the model answers to in `/v2/models/{model}`: the deployment's slug. */
  model: string;
  files: ArtifactFile[];
  format: string;
  resources: Resources;
  env: Record<string, string>;
  /** Resolved values; never logged, never observed. */
  secrets: Record<string, string>;
  /** Requests one replica queues before it answers 503. */
  queueLimit: number;
  /** It has served and carries all the traffic: with a minimum of zero it may have no replica. Any other keeps one, which shows that it loads. */
  mayScaleToZero?: true;
  /** What only a cluster needs; never there on the local target. */
  cluster?: ClusterRevision;
};

/** Where a revision's replicas may run, and what its container is made of. */
export type ClusterRevision = {
  placement: Placement;
  /** Image by digest, for the runtimes that bring their own code; null: the runtime's stock image. */
  image: string | null;
  /** A `.dockerconfigjson` for that image's registry, resolved; as secret as `secrets`. null: the registry asks for nothing. */
  pullSecret: string | null;
  /** Inputs and outputs as the inspection found them; null: the format does not carry them. */
  signature: Signature | null;
  /** Median of measured starts of this version on this profile; null: never measured, the budget then comes from the size alone. */
  startSeconds: number | null;
};

export type Placement = {
  capacityType: "on-demand" | "spot" | "spot-with-fallback";
  /** EC2 instance types any of which will do; empty: whatever the cluster has. */
  instanceTypes: string[];
  architecture: "amd64" | "arm64";
  /** Name of the device plugin's resource; null: no accelerator. The count is `resources.accelerator.count`. */
  acceleratorResource: "nvidia.com/gpu" | "amd.com/gpu" | "aws.amazon.com/neuron" | null;
  /** Of the node's volume: image, model and room to work. */
  diskGib: number;
};

export type ScalingSpec = {
  min: number;
  max: number;
  /** Requests in flight or queued, per ready replica, above which the target adds a replica. */
  targetConcurrency: number;
  /** Only with a minimum of zero: quiet time after which the last replica stops. */
  idleSecondsBeforeZero?: number;
};

export type DeploymentSpec = {
  ref: DeploymentRef;
  /** Of the user's desired state; observed back so that the reconciler knows what the target has seen. */
  generation: number;
  /** true: the endpoint asks for no token. */
  public: boolean;
  /** Somebody stopped it. `scaling` is zero then, as it is where a first revision was given up: that one should run. */
  stopped?: true;
  scaling: ScalingSpec;
  revisions: RevisionSpec[];
  /** What only a cluster needs; never there on the local target. */
  cluster?: {
    /** Slug of the environment, for labels. */
    environment: string;
    /** What the init container exchanges for the files. The same for ever, so that a replacement weeks later starts. As secret as `secrets`. */
    artifactToken: string;
  };
};

export type ReplicaState = "starting" | "loading" | "ready" | "draining" | "failed" | "exited";

export type ReplicaObservation = {
  /** Unique for ever: a restarted replica has a new one. */
  id: string;
  revision: number;
  state: ReplicaState;
  /** ISO times of what has happened to it so far. */
  createdAt: string;
  placedAt: string | null;
  loadingAt: string | null;
  readyAt: string | null;
  endedAt: string | null;
  /** In the runtime's own words, when it failed. */
  message: string | null;
};

export type RevisionObservation = {
  n: number;
  weight: number;
  /** Replicas the target wants now (autoscaling included), those starting, and those that serve. */
  wanted: number;
  starting: number;
  ready: number;
  /** Starts that failed in a row; reset after healthy uptime. */
  consecutiveFailures: number;
  /** Set while the target waits before the next try. ISO. */
  nextAttemptAt: string | null;
  /** The runtime's own words of the last failed start or crash. */
  lastError: { reason: "LoadFailed" | "Crashed" | "OutOfMemory" | "StartTimeout" | "DigestMismatch" | "Unplaceable"; message: string; at: string } | null;
};

export type Observation =
  | { exists: false }
  | {
      exists: true;
      generation: number;
      /** Hash of the DeploymentSpec the target last accepted (specHash), so that a pass with nothing to do applies nothing. */
      specHash: string;
      revisions: RevisionObservation[];
      /** Living replicas and those that ended within the last ten minutes. */
      replicas: ReplicaObservation[];
      /** Spec hash apart, anything a user should see. */
      conditions: { type: string; status: "True" | "False" | "Unknown"; reason: string; message: string }[];
      /** What happened at the target itself, apart from the steps of replicas: for the timeline, each `key` once. */
      events?: TargetEvent[];
    };

export type TargetEvent = { key: string; at: string; type: "Normal" | "Warning"; reason: string; message: string; revision: number | null; replica: string | null };

/** `ids` null: it cannot be told (the first question, or the target was started again): look at everything. */
export type Changes = { cursor: string; ids: string[] | null };

export type Endpoint = { url: string; auth: "token" | "none" };

export type Finding = {
  id: string;
  status: "ok" | "warning" | "missing" | "unknown";
  title: string;
  detail: string;
  /** The one command that mends it, where there is one. */
  fix: string | null;
  /** Deployments run without it; it adds something. */
  optional?: true;
  /** vCPUs that an AWS account may run, by EC2's families. */
  quotas?: { family: string; capacity: string; vcpus: number | null }[];
};

export type Change = { path: string; from: unknown; to: unknown };

/** `objects`: what becomes of the cluster's objects, as its own API server says; left out where nothing does. */
export type Diff = { changes: Change[]; objects?: ObjectDiff[] };

export type ObjectDiff = { kind: string; namespace: string | null; name: string; action: "create" | "change" | "delete" | "refused"; changes: Change[]; /** Why the cluster would not have it. */ message?: string };

export type LogOptions = { follow: boolean; tailLines: number; revision?: number; replica?: string; signal?: AbortSignal };

export type LogLine = { at: string; replica: string; revision: number; stream: "stdout" | "stderr" | "system"; text: string };
