import { SignatureV4 } from "@smithy/signature-v4";
import type { AwsCredentialIdentityProvider } from "@smithy/types";
import { fetch } from "undici";
import { z } from "zod";
import { env } from "@/lib/env";
import { awsProblem } from "@/lib/targets/eks/aws-problem";
import { EC2_QUOTAS } from "@/lib/targets/eks/ec2-quotas";
import { awsHost } from "@/lib/targets/eks/region";
import { Sha256 } from "@/lib/targets/eks/sha256";


export type QuotaReading = { code: string; family: string; capacity: string; /** null: it could not be read. */ vcpus: number | null; problem: string | null };

const answerSchema = z.object({ Quota: z.object({ Value: z.number() }) });

/** Reads each quota by one signed call of Service Quotas' JSON API: a client of its own would be a dependency for four requests. */
export async function readQuotas(region: string, credentials: AwsCredentialIdentityProvider): Promise<QuotaReading[]> {
  return Promise.all(EC2_QUOTAS.map(async (quota) => {
    try {
      return { ...quota, vcpus: await readQuota(quota.code, region, credentials), problem: null };
    } catch (error) {
      return { ...quota, vcpus: null, problem: awsProblem(error, "servicequotas:GetServiceQuota").message };
    }
  }));
}

async function readQuota(code: string, region: string, credentials: AwsCredentialIdentityProvider): Promise<number> {
  const endpoint = new URL(env().AWS_ENDPOINT_URL ?? `https://${awsHost("servicequotas", region)}`);
  const signer = new SignatureV4({ service: "servicequotas", region, credentials, sha256: Sha256 });
  const body = JSON.stringify({ ServiceCode: "ec2", QuotaCode: code });
  const signed = await signer.sign({
    method: "POST", protocol: endpoint.protocol, hostname: endpoint.hostname, ...(endpoint.port ? { port: Number(endpoint.port) } : {}), path: "/", body,
    headers: { host: endpoint.host, "content-type": "application/x-amz-json-1.1", "x-amz-target": "ServiceQuotasV20190624.GetServiceQuota" },
  });
  const response = await fetch(endpoint, { method: "POST", headers: signed.headers, body, redirect: "error", signal: AbortSignal.timeout(15_000) });
  const answer: unknown = await response.json().catch(() => null);
  const parsed = answerSchema.safeParse(answer);
  if (response.ok && parsed.success) return parsed.data.Quota.Value;
  const type = (answer as { __type?: unknown } | null)?.__type;
  throw Object.assign(new Error("refused"), { name: typeof type === "string" ? type.split("#").at(-1)! : `HTTP ${response.status}` });
}
