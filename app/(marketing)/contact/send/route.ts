import { serveContact } from "@/lib/contact/serve-contact";

// Outside the REST API: a form that works without script posts here. Its policy is in lib/contact/serve-contact.ts.
export const POST = serveContact;
