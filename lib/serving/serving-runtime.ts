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
};
