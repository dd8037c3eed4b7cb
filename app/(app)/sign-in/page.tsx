import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthFrame } from "@/components/auth/auth-frame";
import { SignInForm } from "@/components/auth/sign-in-form";
import { ssoError } from "@/components/auth/sso-error";
import { Notice } from "@/components/ui/notice";
import { pageActor } from "@/lib/auth/page-session";
import { safeNextPath } from "@/lib/auth/safe-next-path";
import { env } from "@/lib/env";
import { setupIsOpen } from "@/lib/users/setup-is-open";

export const metadata: Metadata = { title: "Sign in" };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  const search = await searchParams;
  const next = safeNextPath(search.next);
  if (await pageActor()) redirect(next);
  const open = await setupIsOpen();
  const e = env();
  return (
    <AuthFrame title="Sign in to Slipway" lead={next === "/app" ? undefined : "You then come to the page you asked for."}
      foot={<p>Forgot your password, or no account yet? Ask an owner of this Slipway for a link. An owner without a way in runs <code className="text-ink">npm run admin -- reset-owner</code> on the machine.</p>}>
      {open ? <Notice title="This Slipway is not set up yet">Open the set-up link that was printed when it started. It is also in the file <code>run/setup-link</code> of its data directory.</Notice> : null}
      {search["signed-out"] !== undefined ? <Notice state="ready" title="You are signed out" /> : null}
      {typeof search.error === "string" ? <Notice state="failed" title={ssoError(search.error)} /> : null}
      <SignInForm next={next} ssoName={e.SLIPWAY_OIDC_ISSUER ? e.SLIPWAY_OIDC_NAME : null} />
    </AuthFrame>
  );
}
