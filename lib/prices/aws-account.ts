import type { AssumeRole } from "@/lib/targets/eks/credentials";
import { openCredentials } from "@/lib/targets/kubernetes/connection";
import { configOf } from "@/lib/targets-catalogue/region-of";

/** Whose AWS credentials ask: those of an EKS target. */
export type AwsAccount = { target: string; region: string; role: AssumeRole | null };

type TargetRow = { slug: string; config: unknown; credentials: Uint8Array | null };

/** The account of each EKS target that can still be opened, in the order given. */
export function awsAccounts(targets: readonly TargetRow[]): AwsAccount[] {
  return targets.flatMap((target) => {
    const config = configOf(target);
    if (config?.auth !== "eks") return [];
    return [{ target: target.slug, region: config.region, role: config.roleArn === null ? null : { roleArn: config.roleArn, externalId: externalIdOf(target) } }];
  });
}

function externalIdOf(target: TargetRow): string | null {
  if (!target.credentials) return null;
  try {
    const opened = openCredentials(target.slug, target.credentials);
    return opened.kind === "aws" ? opened.externalId : null;
  } catch {
    // Sealed with a key that is gone: AWS will refuse the role, and that is what is said.
    return null;
  }
}

/** Who asks about a region: a target in it, else the first there is. Prices are the same to every account; spot prices need the region to be enabled. */
export const accountFor = (accounts: readonly AwsAccount[], region: string): AwsAccount | null => accounts.find((a) => a.region === region) ?? accounts[0] ?? null;
