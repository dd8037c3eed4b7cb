import { expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { limitRequest, REQUESTS_PER_MINUTE } from "@/lib/api/rate-limit";
import { ANONYMOUS, systemActor, type Actor } from "@/lib/auth/actor";

useTestDatabase();

const request = new Request("http://127.0.0.1:3000/api/v1/me");
const burst = async (actor: Actor, count: number) => (await Promise.allSettled(Array.from({ length: count }, () => limitRequest(actor, request)))).filter((r) => r.status === "rejected").length;

it("requests at one moment cost one each: bursts up to the limit pass, and what is over it does not", async () => {
  const actor = { ...systemActor("burst"), id: "burst" };
  for (let sent = 0; sent < REQUESTS_PER_MINUTE.signedIn; sent += 200) expect(await burst(actor, 200)).toBe(0);
  expect(await burst(actor, 3)).toBe(3);
});

it("an unsigned address has its smaller limit", async () => {
  const refused = await burst(ANONYMOUS, REQUESTS_PER_MINUTE.anonymous + 5);
  expect(refused).toBe(5);
});
