import { X509Certificate } from "node:crypto";
import type { Credentials } from "@/lib/targets/kubernetes/connection-config";

/** When a token or certificate ends, as it says itself; null where it does not say. Nothing is verified: the API server does that. */
export function credentialExpiry(credentials: Credentials): Date | null {
  if (credentials.kind === "token") return tokenExpiry(credentials.token);
  if (credentials.kind === "client-certificate") {
    try {
      return new Date(new X509Certificate(Buffer.from(credentials.certData, "base64")).validTo);
    } catch {
      return null;
    }
  }
  return null;
}

function tokenExpiry(token: string): Date | null {
  const [, claims, signature] = token.split(".");
  if (claims === undefined || signature === undefined) return null;
  try {
    const { exp } = JSON.parse(Buffer.from(claims, "base64url").toString("utf8")) as { exp?: unknown };
    return typeof exp === "number" && Number.isFinite(exp) ? new Date(exp * 1000) : null;
  } catch {
    return null;
  }
}
