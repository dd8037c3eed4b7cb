import type { Metadata } from "next";
import Link from "next/link";
import { AuthFrame } from "@/components/auth/auth-frame";
import { InviteFlow } from "@/components/auth/invite-flow";
import { Notice } from "@/components/ui/notice";
import { pageActor } from "@/lib/auth/page-session";

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

export default async function InvitePage() {
  const actor = await pageActor();
  return (
    <AuthFrame title="You are invited to Slipway" lead="Make your account; the link works once." foot={<p>You have an account already? <Link href="/sign-in" className="link">Sign in</Link></p>}>
      {actor ? <Notice state="warning" title={`You are signed in as ${actor.label}`}>Going on signs you out of that account and into the new one.</Notice> : null}
      <InviteFlow />
    </AuthFrame>
  );
}
