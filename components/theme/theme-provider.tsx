"use client";
import { ThemeProvider as NextThemes } from "next-themes";
import type { ReactNode } from "react";

/** Light, dark or as the system: a class on <html>, remembered in this browser. */
export function ThemeProvider({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return <NextThemes attribute="class" defaultTheme="system" enableSystem enableColorScheme={false} disableTransitionOnChange nonce={nonce}>{children}</NextThemes>;
}
