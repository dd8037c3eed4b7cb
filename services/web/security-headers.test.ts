import { expect, it } from "vitest";
import { contentSecurityPolicy, hashSources, nonceSources, securityHeaders } from "./security-headers";

it("on https browsers are told to stay there; on http, where the header counts for nothing, they are not", () => {
  expect(securityHeaders("https://slipway.example")["strict-transport-security"]).toBe("max-age=31536000; includeSubDomains");
  expect(securityHeaders("http://127.0.0.1:3000")).not.toHaveProperty("strict-transport-security");
});

it("neither kind of page policy lets a script run because it is inline or made of text", () => {
  for (const sources of [nonceSources("n"), hashSources(["a", "b"])]) expect(contentSecurityPolicy(sources).split("; ")[1]).not.toMatch(/unsafe|data:|blob:|https?:|\*/);
});
