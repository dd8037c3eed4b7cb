import { LockKeyhole } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { AuthFrame } from "@/components/auth/auth-frame";
import { SetUpFlow } from "@/components/auth/set-up-flow";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { setupIsOpen } from "@/lib/users/setup-is-open";

export const metadata: Metadata = { title: "Set up", referrer: "no-referrer" };

export default async function SetUpPage() {
  if (await setupIsOpen()) return <SetUpFlow />;
  return (
    <AuthFrame title="Set up Slipway">
      <div className="panel">
        <EmptyState icon={<LockKeyhole aria-hidden />} title="This Slipway is set up already" className="py-8" actions={<Link href="/sign-in" className={buttonClass({ variant: "primary" })}>Sign in</Link>}>
          It has an owner, so the set-up link no longer works. If nobody can get in, run <code>npm run admin -- reset-owner</code> on the machine.
        </EmptyState>
      </div>
    </AuthFrame>
  );
}
