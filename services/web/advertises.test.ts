import { expect, test } from "vitest";
import { advertises } from "@/services/web/advertises";

test("the start page and the contact form are for strangers; documents, the calculator and the portal are not", () => {
  for (const url of ["/", "/?utm_source=x", "/contact", "/contact?about=help", "/contact/send", "/contact/thanks"]) expect(advertises(url), url).toBe(true);
  for (const url of ["/docs", "/calculator", "/case-studies/contact", "/contacts", "/app", "/app/contact", "/api/v1/leads", "/sign-in"]) expect(advertises(url), url).toBe(false);
});
