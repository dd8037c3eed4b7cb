import { type Cluster, DescribeClusterCommand, EKSClient, paginateListClusters } from "@aws-sdk/client-eks";
import { z } from "zod";
import { type AssumeRole, awsCredentials } from "@/lib/targets/eks/credentials";
import { type AwsProblem, awsProblem } from "@/lib/targets/eks/aws-problem";

/** Described at once, in each region: DescribeCluster is limited by the account. */
const AT_ONCE = 6;
/** Clusters of a region that are described; more are named, without detail. */
const MOST = 200;
const TIMEOUT_MS = 20_000;

export const eksClusterSchema = z.object({
  name: z.string(), arn: z.string().nullable(), version: z.string().nullable(), status: z.string().nullable().describe("As AWS says: ACTIVE, CREATING, …; null: it could not be described"),
  autoMode: z.boolean().nullable().describe("EKS Auto Mode: AWS runs the nodes and Karpenter"), privateOnly: z.boolean().nullable().describe("true: the API server answers only inside the VPC"),
  createdAt: z.string().nullable(), error: z.string().nullable(),
}).meta({ id: "EksCluster" });
export type EksCluster = z.infer<typeof eksClusterSchema>;

export const eksRegionSchema = z.object({
  region: z.string(), clusters: z.array(eksClusterSchema), error: z.object({ code: z.string(), message: z.string() }).nullable().describe("Why this region could not be listed"),
}).meta({ id: "EksRegion" });
export type EksRegion = z.infer<typeof eksRegionSchema>;

/** The account's clusters in each region, asked for side by side. A region that fails says why and does not keep the others. */
export async function discoverEks(regions: string[], role: AssumeRole | null): Promise<EksRegion[]> {
  return Promise.all([...new Set(regions)].map(async (region) => {
    try {
      return { region, clusters: await clustersOf(region, role), error: null };
    } catch (error) {
      return { region, clusters: [], error: awsProblem(error, "eks:ListClusters") };
    }
  }));
}

async function clustersOf(region: string, role: AssumeRole | null): Promise<EksCluster[]> {
  const client = eksClient(region, role);
  try {
    const names: string[] = [];
    for await (const page of paginateListClusters({ client, pageSize: 100 }, {}, { abortSignal: AbortSignal.timeout(TIMEOUT_MS) })) names.push(...(page.clusters ?? []));
    const clusters: EksCluster[] = [];
    for (let at = 0; at < Math.min(names.length, MOST); at += AT_ONCE) clusters.push(...await Promise.all(names.slice(at, Math.min(at + AT_ONCE, MOST)).map((name) => describe(client, name))));
    return [...clusters, ...names.slice(MOST).map((name) => unknownCluster(name, `Only the first ${MOST} clusters of a region are looked at.`))].sort((a, b) => a.name.localeCompare(b.name));
  } finally {
    client.destroy();
  }
}

async function describe(client: EKSClient, name: string): Promise<EksCluster> {
  try {
    const { cluster } = await client.send(new DescribeClusterCommand({ name }), { abortSignal: AbortSignal.timeout(TIMEOUT_MS) });
    return cluster ? present(cluster, name) : unknownCluster(name, "AWS said nothing about it.");
  } catch (error) {
    return unknownCluster(name, awsProblem(error, "eks:DescribeCluster").message);
  }
}

const unknownCluster = (name: string, error: string): EksCluster => ({ name, arn: null, version: null, status: null, autoMode: null, privateOnly: null, createdAt: null, error });

const present = (c: Cluster, name: string): EksCluster => ({
  name: c.name ?? name, arn: c.arn ?? null, version: c.version ?? null, status: c.status ?? null, autoMode: isAutoMode(c), createdAt: c.createdAt?.toISOString() ?? null, error: null,
  privateOnly: c.resourcesVpcConfig ? c.resourcesVpcConfig.endpointPublicAccess === false : null,
});

export const isAutoMode = (c: Pick<Cluster, "computeConfig">): boolean => c.computeConfig?.enabled === true;

export function eksClient(region: string, role: AssumeRole | null): EKSClient {
  return new EKSClient({ region, credentials: awsCredentials(region, role), maxAttempts: 3 });
}

/** One cluster as AWS describes it. Throws what the SDK throws. */
export async function describeEks(region: string, name: string, role: AssumeRole | null): Promise<Cluster> {
  const client = eksClient(region, role);
  try {
    const { cluster } = await client.send(new DescribeClusterCommand({ name }), { abortSignal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!cluster) throw Object.assign(new Error("nothing described"), { name: "ResourceNotFoundException" });
    return cluster;
  } finally {
    client.destroy();
  }
}

export type { AwsProblem };
