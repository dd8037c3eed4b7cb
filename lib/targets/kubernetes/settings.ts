import { z } from "zod";

const hostname = z.string().regex(/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$|^localhost$|^(\d{1,3}\.){3}\d{1,3}$/, "must be a host name, like models.example.com");
const objectName = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, "must be the name of an object");

/** How requests reach a deployment from outside the cluster. */
export const ingressSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("none") }),
  z.object({ kind: z.literal("gateway"), gatewayName: objectName, gatewayNamespace: objectName, hostname }),
  z.object({
    kind: z.literal("alb"), hostname, scheme: z.enum(["internal", "internet-facing"]),
    certificateArn: z.string().regex(/^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/, "must be the ARN of an ACM certificate").optional(),
  }),
]);

/** What manifests are rendered with, for one target. No secrets. Made from a Target row by settings-of.ts. */
export type ClusterSettings = {
  targetSlug: string;
  /** Marks what this installation of Slipway made here, so that two of them in one cluster never touch each other's objects. */
  instance: string;
  /** Base URL at which the init container reaches web. */
  artifactUrl: string;
  /** Image of Slipway's model server, by digest where one is known. */
  modelServerImage: string;
  provider: "kubernetes" | "eks" | "eks-auto";
  /** "karpenter": labels of capacity and instance types may be used (eks.amazonaws.com/… on eks-auto). */
  nodes: "karpenter" | "any";
  ingress: z.infer<typeof ingressSchema>;
  /** What the edge checks a caller's token by; null: nothing signs them yet. */
  jwt: { issuer: string; jwksUrl: string; audience: string } | null;
  keda: boolean;
  prometheusOperator: boolean;
  /** A PromQL server that KEDA and adapters reach from inside the cluster. */
  prometheusUrl: string | null;
  /** A Datadog agent on every node reads the metrics of pods that ask for it by an annotation. */
  datadogAgent: boolean;
  /** custom.metrics.k8s.io is served. */
  customMetrics: boolean;
  /** IRSA; Pod Identity needs nothing in the manifest. */
  serviceAccountRoleArn: string | null;
  namespacePrefix: string;
};
