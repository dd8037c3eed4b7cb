/** Objects of the API server as far as Slipway reads them. What is not listed is passed over. */
export type ManagedFields = { manager: string; operation: "Apply" | "Update"; apiVersion: string; subresource?: string; time?: string; fieldsV1?: FieldsV1 };
export type FieldsV1 = { [path: string]: FieldsV1 };

export type Metadata = {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: { apiVersion: string; kind: string; name: string; uid: string; controller?: boolean; blockOwnerDeletion?: boolean }[];
  managedFields?: ManagedFields[];
};

/** Any object: what render makes and what the API server answers. */
export type KubeObject = { apiVersion: string; kind: string; metadata: Metadata; [field: string]: unknown };

export type Condition = { type: string; status: "True" | "False" | "Unknown"; reason?: string; message?: string; lastTransitionTime?: string; observedGeneration?: number };

export type ContainerState = {
  waiting?: { reason?: string; message?: string };
  running?: { startedAt?: string };
  terminated?: { exitCode: number; signal?: number; reason?: string; message?: string; startedAt?: string; finishedAt?: string };
};
export type ContainerStatus = { name: string; ready: boolean; started?: boolean; restartCount: number; image?: string; state?: ContainerState; lastState?: ContainerState };

export type Pod = {
  metadata: Metadata;
  spec: { nodeName?: string; containers: { name: string; image?: string; resources?: { limits?: Record<string, string> } }[]; initContainers?: { name: string; image?: string }[]; nodeSelector?: Record<string, string> };
  status?: {
    phase?: string; reason?: string; message?: string; podIP?: string; startTime?: string; conditions?: Condition[];
    initContainerStatuses?: ContainerStatus[]; containerStatuses?: ContainerStatus[];
  };
};

export type DeploymentObject = {
  metadata: Metadata;
  spec: { replicas?: number };
  status?: { observedGeneration?: number; replicas?: number; readyReplicas?: number; updatedReplicas?: number; unavailableReplicas?: number; conditions?: Condition[] };
};

export type Autoscaler = {
  metadata: Metadata;
  spec: { minReplicas?: number; maxReplicas: number; scaleTargetRef: { kind: string; name: string } };
  status?: { currentReplicas?: number; desiredReplicas?: number; conditions?: Condition[] };
};

export type KubeEvent = {
  metadata: Metadata;
  involvedObject: { kind?: string; namespace?: string; name?: string; uid?: string };
  type?: string; reason?: string; message?: string; count?: number;
  firstTimestamp?: string | null; lastTimestamp?: string | null; eventTime?: string | null;
  series?: { count?: number; lastObservedTime?: string };
  source?: { component?: string }; reportingComponent?: string;
};

/** When it happened last: the API has three ways of saying so. */
export const eventTime = (e: KubeEvent): string => e.series?.lastObservedTime ?? e.lastTimestamp ?? e.eventTime ?? e.metadata.creationTimestamp ?? new Date(0).toISOString();

export const conditionOf = (conditions: Condition[] | undefined, type: string): Condition | undefined => conditions?.find((c) => c.type === type);
