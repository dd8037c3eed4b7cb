import { toast } from "@/components/ui/toast";
import { forgetRecords } from "@/components/upload/upload-record";
import { ApiProblem, fetchJson } from "@/lib/api-client/fetch-json";

/** Ends the session on the server, then leaves by a full load, so that nothing of the account stays in memory or in the browser's storage. */
export async function signOut(): Promise<void> {
  try {
    await fetchJson("/api/auth/sign-out", { method: "POST", body: {} });
    forgetRecords();
    window.location.assign("/sign-in?signed-out=1");
  } catch (cause) {
    toast.error("You are still signed in", { description: cause instanceof ApiProblem ? cause.detail : "Signing out did not work. Try again." });
  }
}
