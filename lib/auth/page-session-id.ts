import { headers } from "next/headers";
import { currentSession } from "@/lib/auth/current-session";

/** Id of the session that a page is rendered for; empty where there is none. */
export async function pageSessionId(): Promise<string> {
  return (await currentSession(new Headers(await headers())))?.id ?? "";
}
