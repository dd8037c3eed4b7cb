import { describe, expect, it } from "vitest";
import { awsHost, awsRegionSchema } from "@/lib/targets/eks/region";
import { keepUntilExpiry } from "@/lib/targets/eks/credentials";
import { eksToken, eksTokenSource } from "@/lib/targets/eks/token";

const identity = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", sessionToken: "se/ss+ion=" };
const AT = new Date("2026-11-27T12:00:00Z");
const urlOf = (token: string) => new URL(Buffer.from(token.replace(/^k8s-aws-v1\./, ""), "base64url").toString("utf8"));

describe("an EKS token", () => {
  it("is a signed GetCallerIdentity of the cluster's region that names the cluster in a signed header", async () => {
    const token = await eksToken("prod", "eu-central-1", identity, AT);
    expect(token).toMatch(/^k8s-aws-v1\.[A-Za-z0-9_-]+$/);
    expect(token.length).toBeLessThanOrEqual(4096);
    const url = urlOf(token);
    expect([url.origin, url.pathname]).toEqual(["https://sts.eu-central-1.amazonaws.com", "/"]);
    // The authenticator refuses any parameter that is not on its list, and any that comes twice.
    expect([...url.searchParams.keys()].sort()).toEqual(["Action", "Version", "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-Security-Token", "X-Amz-Signature", "X-Amz-SignedHeaders"]);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      Action: "GetCallerIdentity", "X-Amz-Expires": "60", "X-Amz-Date": "20261127T120000Z", "X-Amz-SignedHeaders": "host;x-k8s-aws-id", "X-Amz-Security-Token": "se/ss+ion=",
      "X-Amz-Credential": "AKIDEXAMPLE/20261127/eu-central-1/sts/aws4_request",
    });
  });
  it("has another signature for another cluster, so that one's token does not open the other", async () => {
    const [a, b, again] = await Promise.all([eksToken("a", "us-east-1", identity, AT), eksToken("b", "us-east-1", identity, AT), eksToken("a", "us-east-1", identity, AT)]);
    expect(a).toBe(again);
    expect(urlOf(a).searchParams.get("X-Amz-Signature")).not.toBe(urlOf(b).searchParams.get("X-Amz-Signature"));
  });
  it("is never handed out when older than 14 minutes, nor past the credentials it was signed with", async () => {
    let now = AT.getTime();
    const source = eksTokenSource("c", "us-east-1", async () => ({ ...identity, expiration: new Date(AT.getTime() + 60 * 60_000) }), () => now);
    for (let minute = 0; minute < 120; minute++) {
      const date = urlOf(await source()).searchParams.get("X-Amz-Date")!;
      const made = Date.parse(date.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, "$1-$2-$3T$4:$5:$6Z"));
      expect(now - made).toBeLessThanOrEqual(14 * 60_000);
      now += 60_000;
    }
    now = AT.getTime();
    let asked = 0;
    const short = eksTokenSource("c", "us-east-1", async () => ({ ...identity, expiration: new Date(now + 3 * 60_000 + 0 * asked++) }), () => now);
    await short();
    now += 2.5 * 60_000;
    await short();
    expect(asked).toBe(2);
  });
  it("is made once for many who ask at the same moment, and again after a failure", async () => {
    let asked = 0;
    const source = eksTokenSource("c", "us-east-1", async () => {
      if (asked++ === 0) throw new Error("no credentials");
      return identity;
    });
    await expect(source()).rejects.toThrow("no credentials");
    await Promise.all(Array.from({ length: 20 }, source));
    expect(asked).toBe(2);
  });
});

describe("AWS credentials", () => {
  it("are kept until five minutes before they end", async () => {
    let now = 0;
    let calls = 0;
    const keep = keepUntilExpiry(async () => ({ ...identity, expiration: new Date(now + 3_600_000 + 0 * calls++) }), () => now);
    await Promise.all([keep(), keep(), keep()]);
    now = 54 * 60_000;
    await keep();
    expect(calls).toBe(1);
    now = 56 * 60_000;
    await keep();
    expect(calls).toBe(2);
  });
});

describe("a region", () => {
  it("is one, or is refused before it becomes part of a host name", () => {
    for (const good of ["us-east-1", "eu-central-2", "us-gov-west-1", "cn-north-1", "ap-southeast-5", "us-iso-east-1"]) expect(awsRegionSchema.safeParse(good).success, good).toBe(true);
    for (const bad of ["", "us-east-1.evil.test/", "x@y-1", "us east 1", "US-EAST-1", "169.254.169.254"]) expect(awsRegionSchema.safeParse(bad).success, bad).toBe(false);
    expect([awsHost("sts", "cn-north-1"), awsHost("sts", "us-gov-west-1")]).toEqual(["sts.cn-north-1.amazonaws.com.cn", "sts.us-gov-west-1.amazonaws.com"]);
  });
});
