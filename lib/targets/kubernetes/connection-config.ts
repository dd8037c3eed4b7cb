import { z } from "zod";

/** What signs in. Only ever stored sealed; in no answer, no log and no audit row. */
export const credentialsSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("token"), token: z.string().min(1) }),
  z.object({ kind: z.literal("client-certificate"), certData: z.string().min(1), keyData: z.string().min(1) }),
  /** The id that the account which owns a role asks for (sts:ExternalId). */
  z.object({ kind: z.literal("aws"), externalId: z.string().min(1) }),
]);
export type Credentials = z.infer<typeof credentialsSchema>;

const instance = z.string().regex(/^[a-z][a-z0-9]{7}$/).describe("Marks what this Slipway made there, so that two of them in one cluster never touch each other's objects");

/** Target.config of the kinds kubernetes and eks. Nothing secret. */
export const connectionConfigSchema = z.discriminatedUnion("auth", [
  z.object({
    auth: z.literal("kubeconfig"), instance, server: z.url(), caData: z.string().nullable(), tlsServerName: z.string().nullable(),
    context: z.string(), cluster: z.string(), user: z.string(), credential: z.enum(["token", "client-certificate"]),
    credentialExpiresAt: z.string().nullable().describe("Of the token or certificate, where it says so"),
  }),
  z.object({ auth: z.literal("in-cluster"), instance }),
  z.object({
    auth: z.literal("eks"), instance, region: z.string(), clusterName: z.string(), clusterArn: z.string(), accountId: z.string(), endpoint: z.url(), caData: z.string(),
    autoMode: z.boolean(), roleArn: z.string().nullable(),
  }),
]);
export type ConnectionConfig = z.infer<typeof connectionConfigSchema>;
export type EksConfig = Extract<ConnectionConfig, { auth: "eks" }>;
