/** What went wrong with AWS, for a person: a stable code and a sentence with what to do. Never the SDK's own text, which may hold request details. */
export type AwsProblem = { code: string; message: string };

const NO_CREDENTIALS = "Slipway has no AWS credentials. Give its processes some: AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or in a cluster Pod Identity or IRSA.";

/** Pure: words for an error of the AWS SDK. `action`: the IAM action that was needed. */
export function awsProblem(error: unknown, action: string): AwsProblem {
  const e = (typeof error === "object" && error !== null ? error : {}) as { name?: string; code?: string; message?: string; cause?: { code?: string } };
  const name = e.name ?? "";
  const network = e.code ?? e.cause?.code ?? "";
  if (name === "CredentialsProviderError") return { code: "no_credentials", message: NO_CREDENTIALS };
  if (/AccessDenied|UnauthorizedOperation|NotAuthorized/i.test(name)) {
    if (/sts:AssumeRole/i.test(e.message ?? "")) return { code: "assume_role_denied", message: "The role could not be assumed. Its trust policy must name Slipway's identity, and the external id if it asks for one." };
    return { code: "denied", message: `AWS refuses ${action} to this identity. Allow it in its IAM policy.` };
  }
  if (/ExpiredToken|TokenRefreshRequired/i.test(name)) return { code: "expired", message: "The AWS credentials have expired. Renew them (aws sso login, or new keys) and try again." };
  if (/UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch|AuthFailure|IncompleteSignature/i.test(name)) {
    return { code: "invalid_credentials", message: "AWS does not know these credentials here. Either they are wrong, or this region is not enabled in the account." };
  }
  if (/OptInRequired|Subscription/i.test(name)) return { code: "region_disabled", message: "This region is not enabled in the account. Enable it under AWS account settings, or leave it out." };
  if (/Throttl|TooManyRequests|RequestLimitExceeded/i.test(name)) return { code: "throttled", message: "AWS answers too many requests just now. Try again in a minute." };
  if (/NotFound/i.test(name)) return { code: "not_found", message: "AWS knows no cluster of this name in this region." };
  if (/Timeout/i.test(name) || network === "ETIMEDOUT") return { code: "timeout", message: "AWS did not answer in time in this region." };
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET/.test(network)) return { code: "unreachable", message: "AWS cannot be reached from here. Check the network and the proxy, and that the region exists." };
  return { code: "failed", message: `AWS answered with an error (${(name || "unknown").replace(/[^\w.-]/g, "").slice(0, 60)}).` };
}
