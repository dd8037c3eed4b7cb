import { fromNodeProviderChain, fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";

/** A role to act as, in this or another account. */
export type AssumeRole = { roleArn: string; externalId: string | null };

/** New ones are fetched when less than this is left of those at hand. */
const MARGIN_MS = 5 * 60_000;

/**
 * Slipway's own AWS credentials (environment, profile, Pod Identity, IRSA or instance role, as the SDK finds them), or those of a role
 * assumed with them. Kept until five minutes before they end; several who ask at once wait for one call.
 */
export function awsCredentials(region: string, role: AssumeRole | null, now: () => number = Date.now): AwsCredentialIdentityProvider {
  const source: AwsCredentialIdentityProvider = role
    ? fromTemporaryCredentials({
        params: { RoleArn: role.roleArn, RoleSessionName: "slipway", DurationSeconds: 3600, ...(role.externalId ? { ExternalId: role.externalId } : {}) },
        clientConfig: { region }, masterCredentials: fromNodeProviderChain({ clientConfig: { region } }),
      })
    : fromNodeProviderChain({ clientConfig: { region } });
  return keepUntilExpiry(source, now);
}

/** Exported for its test. */
export function keepUntilExpiry(source: AwsCredentialIdentityProvider, now: () => number): AwsCredentialIdentityProvider {
  let held: AwsCredentialIdentity | null = null;
  let asking: Promise<AwsCredentialIdentity> | null = null;
  return async () => {
    if (held && (!held.expiration || held.expiration.getTime() - now() > MARGIN_MS)) return held;
    asking ??= source().then((fresh) => (held = fresh)).finally(() => (asking = null));
    return asking;
  };
}
