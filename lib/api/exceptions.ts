/**
 * Route files that do not go through `serve`, each with the policy it keeps itself and where its audit row is written. The
 * inventory test fails for any route that is neither here nor in the registry.
 */
export const ROUTE_EXCEPTIONS: { path: string; methods: string[]; policy: string; audit: string }[] = [
  { path: "/healthz", methods: ["GET"], policy: "public; says only that the process answers", audit: "nothing changes" },
  { path: "/readyz", methods: ["GET"], policy: "public; says only which part is not ready", audit: "nothing changes" },
  { path: "/api/[...rest]", methods: ["GET", "POST", "PUT", "PATCH", "DELETE"], policy: "public; answers 404 to whatever no route has", audit: "nothing changes" },
  { path: "/api/auth/[...all]", methods: ["GET", "POST"], policy: "public by nature: an allow-list of four sign-in calls (lib/auth/serve-auth.ts), Origin checked, rate limited", audit: "lib/auth/audit-session.ts" },
  { path: "/api/v1/uploads/[[...id]]", methods: ["POST", "HEAD", "PATCH", "DELETE", "OPTIONS"], policy: "model.write in the project, and only the creator of an upload (lib/uploads/uploads.ts)", audit: "version.create, once the files become a version" },
  { path: "/card", methods: ["GET"], policy: "public: the picture that links to the site show, the same for everybody", audit: "nothing changes" },
  { path: "/case-studies/feed.xml", methods: ["GET"], policy: "public: titles and summaries of the case studies", audit: "nothing changes" },
  { path: "/contact/send", methods: ["POST"], policy: "public: only from our own pages, limited by address, a form of at most 32 KiB (lib/contact/serve-contact.ts)", audit: "lead.contact" },
  { path: "/l/[token]", methods: ["GET"], policy: "public: leads to a page of ours and counts the visit, of a link that exists; of the visitor nothing is kept (lib/leads/follow-link.ts)", audit: "a count goes up" },
];
