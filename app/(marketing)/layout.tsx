import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { ThemeScript } from "@/components/theme/theme-script";
import "../globals.css";

export const metadata: Metadata = {
  title: "Slipway: from a model file to a measured, costed deployment",
  description: "A self-hosted portal where ML engineers deploy a model themselves, with price and risk in view before, and p99 and cost side by side after.",
};
export const viewport: Viewport = { width: "device-width", initialScale: 1 };

/** The public pages' document. They work without JavaScript; the nonce is for those that have it. */
export default async function PublicLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <head><ThemeScript nonce={nonce} /></head>
      <body>{children}</body>
    </html>
  );
}
