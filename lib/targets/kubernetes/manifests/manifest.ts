import type { Labels } from "@/lib/targets/kubernetes/labels";

/** An object as it goes over the wire: plain JSON, with the API's own names (`from`, not a client's `_from`). */
export type Manifest = {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels: Labels; annotations?: Record<string, string> };
  [field: string]: unknown;
};
