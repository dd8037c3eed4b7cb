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

export type Allocation = {
  /** Id of the deployment, read from the label its workloads carry; null: what belongs to no deployment (cluster idle, system). */
  deploymentId: string | null;
  projectId: string | null;
  parts: AllocationParts;
  /** As the source reports it, or the sum of the parts; null when it cannot be told. */
  total: number | null;
  /** Replica-seconds the amounts are of; null where the source does not say. */
  replicaSeconds: number | null;
};

export type AllocationQuery = {
  /** Half open: from ≤ t < to. */
  window: { from: Date; to: Date };
  /** Only these; empty: all. A source that cannot filter must still answer only these. */
  deploymentIds: string[];
  signal?: AbortSignal;
};

export type AllocationAnswer = {
  allocations: Allocation[];
  /** What the figures cover: a source that lags or whose clock is off covers less than was asked. */
  covered: { from: Date; to: Date };
  currency: "USD";
  /** true: not from a bill (local target, list prices). */
  estimate: boolean;
  /** Who says so, and anything a reader must know. */
  source: string;
  notes: string[];
};

/**
 * Where measured cost comes from: Slipway's own replica time × price, Kubecost (`/model/allocation`) or OpenCost (`/allocation`).
 * One answer may need several requests to the source. Throws AppError("bad_gateway") when the source cannot be asked or answers nonsense.
 */
export interface CostSource {
  readonly name: string;
  allocations(query: AllocationQuery): Promise<AllocationAnswer>;
}
