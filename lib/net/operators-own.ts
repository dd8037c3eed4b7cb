import type { Vetting } from "@/lib/net/guarded-connector";
import { whyNoApiServer } from "@/lib/net/vet-cluster-address";

/** For addresses that the operator names in the environment: they may be private and use plain http, but are never a metadata service. */
export const OPERATORS_OWN: Vetting = {
  // The ranges in which an operator may run a server of their own are those of a cluster.
  check: (to) => (whyNoApiServer({ ...to, protocol: "https:" }) === null ? null : "is not an address that a server of the operator's can have"),
  rule: "What the operator names may be private, but not a metadata service.",
};
