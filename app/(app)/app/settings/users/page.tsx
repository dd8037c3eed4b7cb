import type { Metadata } from "next";
import { Prefetch } from "@/components/query/prefetch";
import { UserList } from "@/components/settings/user-list";
import { listKey } from "@/lib/api-client/list-key";
import { keys } from "@/lib/api-client/query-keys";
import { requirePagePermission } from "@/lib/auth/page-session";
import { allows } from "@/lib/auth/permissions";
import { getMe } from "@/lib/users/get-me";
import { listInvitations } from "@/lib/users/list-invitations";
import { listUsers } from "@/lib/users/list-users";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage() {
  const actor = await requirePagePermission("user.read");
  const me = await getMe(actor);
  const now = new Date();
  const projects = me.projects.filter((p) => p.permissions.includes("member.manage")).map((p) => ({ slug: p.project, name: p.displayName }));
  return (
    <Prefetch queries={[{ queryKey: listKey(keys.users), queryFn: () => listUsers(actor, { limit: 50 }) }, { queryKey: listKey(keys.invitations), queryFn: () => listInvitations(actor, { limit: 50 }) }]}>
      <UserList mayManage={allows(actor, "user.manage", null)} me={actor.id} projects={projects} nowMs={now.getTime()} />
    </Prefetch>
  );
}
