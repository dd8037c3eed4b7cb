import type { Metadata } from "next";
import { Prefetch } from "@/components/query/prefetch";
import { TokenList } from "@/components/settings/token-list";
import { listKey } from "@/lib/api-client/list-key";
import { keys } from "@/lib/api-client/query-keys";
import { requirePageSession } from "@/lib/auth/page-session";
import { listTokens } from "@/lib/tokens/list-tokens";
import { getMe } from "@/lib/users/get-me";

export const metadata: Metadata = { title: "API tokens" };

export default async function TokensPage() {
  const actor = await requirePageSession();
  const me = await getMe(actor);
  const now = new Date();
  return (
    <Prefetch queries={[{ queryKey: listKey(keys.tokens, { all: "false" }), queryFn: () => listTokens(actor, { limit: 50, all: "false" }) }]}>
      <TokenList nowMs={now.getTime()} rights={{ owner: me.instanceRole === "owner", projects: me.projects.map((p) => ({ slug: p.project, name: p.displayName })) }} />
    </Prefetch>
  );
}
