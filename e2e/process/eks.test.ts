import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { CreateClusterCommand } from "@aws-sdk/client-eks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { atOnce } from "@/e2e/at-once";
import { startPriceDouble } from "@/e2e/aws-price-double";
import { installMoto, startMoto } from "@/e2e/process/moto";
import { cloudWatch } from "@/lib/observability/alb/cloudwatch";
import { questionOf } from "@/lib/observability/alb/questions";
import { askAcceleratorMemory, askOnDemand, askSpot } from "@/lib/prices/ask-aws";
import { checkEks } from "@/lib/targets/eks/check-eks";
import { awsCredentials } from "@/lib/targets/eks/credentials";
import { discoverEks, eksClient } from "@/lib/targets/eks/discover";
import { readEksConfig } from "@/lib/targets/eks/eks-target";
import { eksToken } from "@/lib/targets/eks/token";

// moto stands in for AWS at the wire. What it cannot show (docs/kubernetes.md): signatures, IAM and trust policies, a cluster that takes the token.
const moto = installMoto();
const OTHER = { roleArn: "arn:aws:iam::222222222222:role/slipway", externalId: "an-id" };
const create = async (name: string, region: string, role: typeof OTHER | null = null, client = eksClient(region, role)) =>
  client.send(new CreateClusterCommand({ name, roleArn: "arn:aws:iam::123456789012:role/eks", resourcesVpcConfig: { subnetIds: ["subnet-1", "subnet-2"] } }));

describe.skipIf(moto === null)("EKS at the wire of moto (needs Python)", () => {
  let server: Awaited<ReturnType<typeof startMoto>>;
  beforeAll(async () => {
    server = await startMoto(moto!);
    Object.assign(process.env, { AWS_ENDPOINT_URL: server.url, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" });
  });
  afterAll(() => server?.stop());

  it("lists several regions side by side, more than a page of one, each cluster described", async () => {
    await create("c-000", "us-east-1"); // before the others: moto makes what is a region's own with its first
    const client = eksClient("us-east-1", null);
    await atOnce(Array.from({ length: 102 }, (_, n) => `c-${String(n + 1).padStart(3, "0")}`), async (name) => void (await create(name, "us-east-1", null, client)));
    await create("europe", "eu-west-1");
    const found = await discoverEks(["us-east-1", "eu-west-1", "ap-southeast-2"], null);
    expect(found.map((r) => [r.region, r.clusters.length, r.error])).toEqual([["us-east-1", 103, null], ["eu-west-1", 1, null], ["ap-southeast-2", 0, null]]);
    expect(found[1]!.clusters[0]).toMatchObject({ name: "europe", status: "ACTIVE", autoMode: false, error: null, arn: expect.stringMatching(/^arn:aws:eks:eu-west-1:123456789012:cluster\/europe$/) });
    expect(new Set(found[0]!.clusters.map((c) => c.name)).size).toBe(103);
  });
  it("acts as a role of another account, and sees that account's clusters only", async () => {
    expect((await discoverEks(["eu-west-1"], OTHER))[0]).toMatchObject({ clusters: [], error: null });
    await create("theirs", "eu-west-1", OTHER);
    expect((await discoverEks(["eu-west-1"], OTHER))[0]!.clusters.map((c) => c.arn)).toEqual(["arn:aws:eks:eu-west-1:222222222222:cluster/theirs"]);
    expect((await discoverEks(["eu-west-1"], null))[0]!.clusters.map((c) => c.name)).toEqual(["europe"]);
    const held = await awsCredentials("eu-west-1", OTHER)();
    expect(held.expiration!.getTime() - Date.now()).toBeGreaterThan(50 * 60_000);
  });
  it("keeps what reaches a cluster, and says in words that there is no such one", async () => {
    const config = await readEksConfig({ region: "eu-west-1", clusterName: "europe", role: null, instance: "stest000" });
    expect(config).toMatchObject({ auth: "eks", region: "eu-west-1", clusterName: "europe", accountId: "123456789012", autoMode: false, roleArn: null, endpoint: expect.stringMatching(/^https:/) });
    await expect(readEksConfig({ region: "eu-west-1", clusterName: "absent", role: null, instance: "stest000" })).rejects.toMatchObject({ code: "unprocessable", message: "AWS knows no cluster of this name in this region." });
  });
  it("makes a token that STS answers as a cluster would replay it: GET with the cluster's name in its header", async () => {
    const token = await eksToken("theirs", "eu-west-1", await awsCredentials("eu-west-1", OTHER)(), new Date());
    const signed = new URL(Buffer.from(token.slice("k8s-aws-v1.".length), "base64url").toString("utf8"));
    // moto tells services and accounts apart by the Authorization header only, so the URL's own credential is said there once more.
    const authorization = `AWS4-HMAC-SHA256 Credential=${signed.searchParams.get("X-Amz-Credential")}, SignedHeaders=host, Signature=0`;
    const response = await fetch(`${server.url}${signed.pathname}${signed.search}`, { headers: { authorization, "x-k8s-aws-id": "theirs", accept: "application/json" } });
    const answer = `${response.status} ${await response.text()}`;
    expect(answer).toMatch(/^200 /);
    expect(answer).toMatch(/222222222222/);
  });
  it("reads spot prices and accelerator memory as EC2 answers, beside a price list in its recorded shape", async () => {
    // moto has no price list; its spot prices are one figure for every zone, its instance types are AWS's.
    const double = await startPriceDouble({ onDemand: { "us-east-1": { "g6.xlarge": "0.8048000000", "g5.xlarge": "1.0060000000" } }, advisor: { status: 404, body: "" } }, server.url);
    process.env.AWS_ENDPOINT_URL = double.url;
    try {
      const now = new Date();
      const account = { target: "t", region: "us-east-1", role: null };
      const types = new Set(["g6.xlarge", "g5.xlarge", "absent.large"]);
      expect((await askOnDemand("us-east-1", types, account, now)).data.prices).toEqual({ "g5.xlarge": 1.006, "g6.xlarge": 0.8048 });
      const spot = (await askSpot("us-east-1", types, account, now)).data.prices;
      expect(Object.keys(spot)).toEqual(["g5.xlarge", "g6.xlarge"]);
      expect(spot["g5.xlarge"]).toMatchObject({ value: 0.00001, lowest: 0.00001, highest: 0.00001 });
      expect(spot["g5.xlarge"]!.zones).toBeGreaterThan(1);
      expect((await askAcceleratorMemory(["inf2.xlarge", "g6.xlarge", "absent.large"], account, now)).data.memoryMibEach).toMatchObject({ "inf2.xlarge": 32_768 });
    } finally {
      process.env.AWS_ENDPOINT_URL = server.url;
      await double.stop();
    }
  });
  it("says that a quota it could not read is unknown, not zero", async () => {
    const config = await readEksConfig({ region: "eu-west-1", clusterName: "europe", role: null, instance: "stest000" });
    const findings = await checkEks(config, null, { albEdge: false, now: new Date() });
    expect(findings.map((f) => [f.id, f.status])).toEqual([["eks", "ok"], ["gpu-quota", "unknown"]]);
    expect((await checkEks(config, null, { albEdge: true, now: new Date() })).at(-1)).toMatchObject({ id: "cloudwatch", status: "ok", fix: null });
  });
  it("finds a target group's load balancer in CloudWatch, and reads its requests and failures, of a role's own account alone", async () => {
    // moto keeps sums and means; percentiles it does not know (lib/observability/alb/alb.test.ts has them on a double).
    const minute = Math.floor(Date.now() / 60_000) * 60 - 600;
    const [own, quiet] = ["targetgroup/k8s-slipwaya-mxr1-0a1b2c3d4e/0123456789abcdef", "targetgroup/k8s-slipwaya-mxr2-0a1b2c3d4e/fedcba9876543210"];
    const loadBalancer = "app/k8s-slipway-0a1b2c3d4e/0011223344556677";
    const client = new CloudWatchClient({ region: "eu-west-1", credentials: awsCredentials("eu-west-1", OTHER) });
    const datum = (MetricName: string, at: number, Value: number) => ({ MetricName, Timestamp: new Date(at * 1000), Value, Dimensions: [{ Name: "LoadBalancer", Value: loadBalancer }, { Name: "TargetGroup", Value: own }] });
    await client.send(new PutMetricDataCommand({ Namespace: "AWS/ApplicationELB", MetricData: [datum("RequestCount", minute + 5, 40), datum("RequestCount", minute + 35, 20), datum("RequestCount", minute + 60, 30), datum("HTTPCode_Target_5XX_Count", minute + 60, 3)] }));
    client.destroy();
    const theirs = cloudWatch({ region: "eu-west-1", role: OTHER });
    expect(await theirs.loadBalancersOf([own, quiet])).toEqual(new Map([[own, loadBalancer]]));
    const group = { targetGroup: own, loadBalancer };
    const read = await theirs.values([questionOf("requests", group, 60), questionOf("failed", group, 60), questionOf("requests", group, 300), questionOf("healthy", group, 60)], { fromSeconds: minute, toSeconds: minute + 300 });
    expect(read).toEqual([new Map([[minute, 60], [minute + 60, 30]]), new Map([[minute + 60, 3]]), new Map([[minute, 90]]), new Map()]);
    expect(await cloudWatch({ region: "eu-west-1", role: null }).loadBalancersOf([own])).toEqual(new Map());
  });
});
