import type { Metadata } from "next";
import { AccountForm } from "@/components/settings/account-form";
import { PasswordForm } from "@/components/settings/password-form";
import { ROLE_WORDS } from "@/components/auth/role-words";
import { Badge } from "@/components/ui/badge";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { requirePageSession } from "@/lib/auth/page-session";
import { getMe } from "@/lib/users/get-me";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const me = await getMe(await requirePageSession());
  const user = me.user!;
  return (
    <>
      <PageHeader title="Account" meta={user.email} />
      <AccountForm name={user.name} email={user.email} />
      {user.hasPassword ? <PasswordForm email={user.email} /> : (
        <Panel title="Password"><p className="text-ink-muted">You sign in with your organisation, so there is no password here. An owner can send you a link that sets one.</p></Panel>
      )}
      <Panel title="What you may do" flush>
        <ul className="divide-y divide-line border-t border-line">
          {me.instanceRole ? <Right name="This Slipway" role={me.instanceRole} /> : me.projects.map((p) => <Right key={p.project} name={p.displayName} role={p.role} />)}
          {!me.instanceRole && me.projects.length === 0 ? <li className="px-4 py-3 text-ink-muted">You are in no project yet. Ask an owner or a platform person to add you to one.</li> : null}
        </ul>
      </Panel>
    </>
  );
}

function Right({ name, role }: { name: string; role: keyof typeof ROLE_WORDS }) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">
      <span className="font-medium">{name}</span><Badge>{role}</Badge><span className="text-ink-muted">{ROLE_WORDS[role]}</span>
    </li>
  );
}
