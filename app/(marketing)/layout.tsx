import type { Viewport } from "next";
import type { ReactNode } from "react";
import { publicMono, publicSans } from "@/components/site/fonts";
import { publicMetadata } from "@/components/site/public-metadata";
import { ThemeScript } from "@/components/theme/theme-script";
import "../globals.css";

export const metadata = publicMetadata({ path: "/", title: "Slipway: know what a model costs before you deploy it", description: "A self-hosted portal for AWS EKS where ML engineers deploy a model themselves: price, spot risk and fit before, p99 and cost side by side after." });
export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

/** The public pages' document. It reads nothing of the request, so that pages are made when the product is built; they work without JavaScript. */
export default function PublicLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={`${publicSans.variable} ${publicMono.variable}`} suppressHydrationWarning>
      <head><ThemeScript /></head>
      <body>{children}</body>
    </html>
  );
}
