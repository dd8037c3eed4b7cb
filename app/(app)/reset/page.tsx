import type { Metadata } from "next";
import { AuthFrame } from "@/components/auth/auth-frame";
import { ResetFlow } from "@/components/auth/reset-flow";

export const metadata: Metadata = { title: "New password", referrer: "no-referrer" };

export default function ResetPage() {
  return <AuthFrame title="Choose a new password" lead="All your sessions end, on every device; you are signed in here."><ResetFlow /></AuthFrame>;
}
