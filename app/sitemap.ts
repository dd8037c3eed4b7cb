import type { MetadataRoute } from "next";
import { docPages } from "@/components/docs/doc-pages";
import { STUDIES } from "@/content/case-studies";
import { env } from "@/lib/env";

export const dynamic = "force-dynamic"; // it names this installation's own address

/** Every public page that may be found. */
export default function sitemap(): MetadataRoute.Sitemap {
  const paths = ["/", "/calculator", "/case-studies", "/contact", "/docs/decisions", ...docPages().map((p) => p.href)];
  return [...paths.map((path) => ({ url: `${env().baseUrl}${path}` })), ...STUDIES.map((s) => ({ url: `${env().baseUrl}/case-studies/${s.slug}`, lastModified: s.published }))];
}
