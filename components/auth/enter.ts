import { signInWithPassword } from "./sign-in-with-password";

/**
 * After a one-time link did its work: into the portal, or to the usual door where signing in fails. Replaces the page in the
 * history, so that the used link is not gone back to.
 */
export async function enter(email: string, password: string): Promise<void> {
  const next = await signInWithPassword(email, password).then(() => "/app", () => "/sign-in");
  window.location.replace(next);
}
