import { THEME_SOURCE } from "@/lib/public-site/theme-source";

/** Goes into <head>, on every page; next-themes takes over in the portal with the same key and classes. The policy knows its hash (services/web/security-headers.ts). */
export function ThemeScript() {
  return <script suppressHydrationWarning dangerouslySetInnerHTML={{ __html: THEME_SOURCE }} />;
}
