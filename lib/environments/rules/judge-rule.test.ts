import { expect, it } from "vitest";
import { judgeRule, type RuleInput } from "@/lib/environments/rules/judge-rule";

const now = new Date("2026-11-27T12:00:00Z");
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const rule = (over: Partial<RuleInput>) => judgeRule({ sleepAfterMinutes: null, expireAfterDays: null, maySleep: true, minReplicas: 1, idleSecondsBeforeZero: 300, newestRevisionAt: ago(1), now, ...over });

it("wants nothing where an environment has no rule", () => expect(rule({})).toBeNull());
it("lets a deployment sleep, once, and leaves alone those whose target could not wake them", () => {
  expect(rule({ sleepAfterMinutes: 30 })).toEqual({ kind: "sleep", idleSecondsBeforeZero: 1800 });
  expect(rule({ sleepAfterMinutes: 30, minReplicas: 0, idleSecondsBeforeZero: 1800 })).toBeNull();
  expect(rule({ sleepAfterMinutes: 30, maySleep: false })).toBeNull();
});
it("deletes on the minute, warns a day before, and counts from the newest revision", () => {
  expect(rule({ expireAfterDays: 7, newestRevisionAt: ago(7 * 24) })).toEqual({ kind: "delete", days: 7 });
  expect(rule({ expireAfterDays: 7, newestRevisionAt: ago(7 * 24 - 1) })).toMatchObject({ kind: "warn", days: 7 });
  expect(rule({ expireAfterDays: 7, newestRevisionAt: ago(6 * 24 - 1) })).toBeNull();
  expect(rule({ expireAfterDays: 7, sleepAfterMinutes: 5, newestRevisionAt: ago(8 * 24) })).toMatchObject({ kind: "delete" });
});
