import { fetchJson } from "@/lib/api-client/fetch-json";

/** Opens a session in this browser. Rejects with ApiProblem: unauthenticated, forbidden (disabled), rate_limited. */
export const signInWithPassword = (email: string, password: string): Promise<{ signedIn: true }> =>
  fetchJson("/api/auth/sign-in/email", { body: { email, password } });
