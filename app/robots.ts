import type { MetadataRoute } from "next";
import { env } from "@/lib/env";

export const dynamic = "force-dynamic"; // it names this installation's own address

/** Public pages may be read; the portal and the API are of no use to a search engine. Inside a company nothing is. */
export default function robots(): MetadataRoute.Robots {
  if (env().SLIPWAY_PUBLIC_SITE === "off") return { rules: { userAgent: "*", disallow: "/" } };
  return { rules: { userAgent: "*", allow: "/", disallow: ["/app", "/api/", "/sign-in", "/set-up", "/invite", "/reset", "/l/"] }, sitemap: `${env().baseUrl}/sitemap.xml` };
}
