/** Amounts of one allocation in USD, over the whole window. null: the source does not know it, which is not 0. */
export type AllocationParts = {
  cpu: number | null;
  memory: number | null;
  gpu: number | null;
  network: number | null;
  storage: number | null;
  loadBalancer: number | null;
  /** Paid for and unused, where the source attributes it to this deployment. */
  idle: number | null;
  /** This deployment's part of what all share (control plane, system pods), where the source distributes it. */
  shared: number | null;
};

export const PARTS = ["cpu", "memory", "gpu", "network", "storage", "loadBalancer", "idle", "shared"] as const satisfies readonly (keyof AllocationParts)[];

/** Hours that were asked for and hours that were used, as far as the source says. */
export type AllocationUse = { cpuCoreHours: number | null; cpuCoreHoursUsed: number | null; gpuHours: number | null; gpuHoursUsed: number | null };

export type AllocationDay = { /** UTC */ day: string; parts: AllocationParts; total: number | null; use: AllocationUse };

/** deployment: it carries the labels of one. idle: nodes paid for that no pod asked for. other: what is not ours, or carries no label. */
export type AllocationKind = "deployment" | "idle" | "other";

export type Allocation = {
  kind: AllocationKind;
  /** Id of the deployment, read from the label its workloads carry; null: what belongs to no deployment. */
  deploymentId: string | null;
  projectId: string | null;
  parts: AllocationParts;
  /** As the source reports it, or the sum of the parts; null when it cannot be told. */
  total: number | null;
  /** Replica-seconds the amounts are of; null where the source does not say. */
  replicaSeconds: number | null;
  perDay: { day: string; total: number | null }[];
};

export type AllocationQuery = {
  /** Half open: from ≤ t < to. Time after `now` is not counted. */
  window: { from: Date; to: Date };
  now: Date;
  /** Only these; left out: all. A source that cannot filter must still answer only these (idle and other apart). */
  deploymentIds?: readonly string[];
  projectIds?: readonly string[];
  signal?: AbortSignal;
};

export type AllocationAnswer<A extends Allocation = Allocation> = {
  allocations: A[];
  /** What the figures cover: a source that lags or whose clock is off covers less than was asked. */
  covered: { from: Date; to: Date };
  currency: "USD";
  /** true: not from a bill (local target, list prices). */
  estimate: boolean;
  /** Who says so. */
  source: string;
  /** Anything a reader must know, in sentences. */
  notes: string[];
};

/**
 * The one way costs are asked. Slipway's own replica time × price (replica-time-source.ts), Kubecost (`/model/allocation`) and OpenCost
 * (`/allocation`) (allocation-api-source.ts), and what the worker keeps of those (stored-source.ts).
 * One answer may need several requests to the source. Throws AppError("bad_gateway") when the source cannot be asked or answers nonsense.
 */
export interface CostSource<A extends Allocation = Allocation> {
  readonly name: string;
  allocations(query: AllocationQuery): Promise<AllocationAnswer<A>>;
}
