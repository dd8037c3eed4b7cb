import type { Metadata } from "next";
import { Prefetch } from "@/components/query/prefetch";
import { SessionList } from "@/components/settings/session-list";
import { keys } from "@/lib/api-client/query-keys";
import { requirePageSession } from "@/lib/auth/page-session";
import { pageSessionId } from "@/lib/auth/page-session-id";
import { listSessions } from "@/lib/users/list-sessions";

export const metadata: Metadata = { title: "Sessions" };

export default async function SessionsPage() {
  const actor = await requirePageSession();
  const now = new Date();
  return (
    <Prefetch queries={[{ queryKey: keys.sessions, queryFn: async () => ({ items: await listSessions(actor, await pageSessionId(), now) }) }]}>
      <SessionList nowMs={now.getTime()} />
    </Prefetch>
  );
}
