import { expect, it } from "vitest";
import { sessionIsAlive } from "./session-lifetime";

const DAY = 86_400_000;
const T0 = new Date("2026-11-01T12:00:00.000Z");
const after = (ms: number) => new Date(T0.getTime() + ms);
const session = (o: { createdAt?: Date; updatedAt?: Date; expiresAt?: Date }) => ({ createdAt: T0, updatedAt: T0, expiresAt: after(365 * DAY), ...o });

it("ends 7 days after its last use, to the millisecond", () => {
  expect(sessionIsAlive(session({}), after(7 * DAY - 1))).toBe(true);
  expect(sessionIsAlive(session({}), after(7 * DAY))).toBe(false);
});

it("ends 30 days after signing in, however much it is used", () => {
  const used = session({ updatedAt: after(30 * DAY - 2) });
  expect(sessionIsAlive(used, after(30 * DAY - 1))).toBe(true);
  expect(sessionIsAlive(used, after(30 * DAY))).toBe(false);
});

it("ends when its row says so", () => {
  expect(sessionIsAlive(session({ expiresAt: after(1000) }), after(999))).toBe(true);
  expect(sessionIsAlive(session({ expiresAt: after(1000) }), after(1000))).toBe(false);
});
