import { SignatureV4 } from "@smithy/signature-v4";
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";
import { awsHost } from "@/lib/targets/eks/region";
import { Sha256 } from "@/lib/targets/eks/sha256";

const PREFIX = "k8s-aws-v1.";
/** The cluster takes a token for 15 minutes from its date, whatever its X-Amz-Expires says. */
const KEEP_MS = 13 * 60_000;

/**
 * A token for an EKS cluster, as aws-iam-authenticator defines it: a GetCallerIdentity call signed for the cluster's regional STS, with the
 * cluster's name as a signed header, base64url without padding. The cluster replays it to learn who asks.
 */
export async function eksToken(clusterName: string, region: string, credentials: AwsCredentialIdentity, signingDate: Date): Promise<string> {
  const host = awsHost("sts", region);
  const signer = new SignatureV4({ service: "sts", region, credentials, sha256: Sha256 });
  const signed = await signer.presign({
    method: "GET", protocol: "https:", hostname: host, path: "/", query: { Action: "GetCallerIdentity", Version: "2011-06-15" }, headers: { host, "x-k8s-aws-id": clusterName },
  }, { expiresIn: 60, signingDate });
  const query = Object.entries(signed.query ?? {}).map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(String(v))}`).join("&");
  return PREFIX + Buffer.from(`https://${host}/?${query}`, "utf8").toString("base64url");
}

/** The token of the moment: made anew after 13 minutes, and before the credentials it was signed with end. */
export function eksTokenSource(clusterName: string, region: string, credentials: AwsCredentialIdentityProvider, now: () => number = Date.now): () => Promise<string> {
  let held: { token: string; until: number } | null = null;
  let making: Promise<string> | null = null;
  const make = async () => {
    const identity = await credentials();
    const at = now();
    const token = await eksToken(clusterName, region, identity, new Date(at));
    held = { token, until: Math.min(at + KEEP_MS, (identity.expiration?.getTime() ?? Infinity) - 60_000) };
    return token;
  };
  return async () => {
    if (held && now() < held.until) return held.token;
    making ??= make().finally(() => (making = null));
    return making;
  };
}
