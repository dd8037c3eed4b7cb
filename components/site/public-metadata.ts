import type { Metadata } from "next";
import { PLACEHOLDER_ORIGIN } from "@/lib/public-site/placeholder-origin";

type Page = { path: string; title: string; description: string; /** Of a study: makes it an article. */ published?: string; /** The social card's address, where the page has its own. */ card?: string; /** For pages made on request, whose address is known: env().baseUrl. */ origin?: string };

/** What search engines and social cards are told of a public page. The address of a prerendered page is filled in when it is served. */
export function publicMetadata({ path, title, description, published, card = "/card", origin = PLACEHOLDER_ORIGIN }: Page): Metadata {
  const images = [{ url: card, width: 1200, height: 630, alt: title }];
  return {
    metadataBase: new URL(origin),
    title, description,
    alternates: { canonical: path, types: { "application/rss+xml": [{ url: "/case-studies/feed.xml", title: "Slipway case studies" }] } },
    openGraph: { title, description, url: path, siteName: "Slipway", locale: "en", images, ...(published ? { type: "article" as const, publishedTime: published } : { type: "website" as const }) },
    twitter: { card: "summary_large_image", title, description, images },
    icons: { icon: [{ url: "/icon.svg", type: "image/svg+xml" }], apple: [{ url: "/apple-icon", sizes: "180x180" }] },
  };
}
