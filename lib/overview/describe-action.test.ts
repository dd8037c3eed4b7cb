import { expect, test } from "vitest";
import { describeAction } from "./describe-action";

test("an action reads as a sentence before its subject's name", () => {
  expect(describeAction("deployment.create")).toBe("created deployment");
  expect(describeAction("deployment.rollback")).toBe("rolled back deployment");
  expect(describeAction("version.create", { version: 2 })).toBe("added version 2 of");
  expect(describeAction("version.approve", { version: 3 })).toBe("approved version 3 of");
  expect(describeAction("owner.create")).toBe("set this Slipway up");
  expect(describeAction("user.password")).toBe("changed the password of");
  expect([describeAction("alert-rule.create"), describeAction("alert-channel.test")]).toEqual(["created alert rule", "tested alert channel"]);
  expect([describeAction("deployment.stop"), describeAction("load-test.stop"), describeAction("alert-silence.create"), describeAction("deployment.canary.pause")]).toEqual(["stopped deployment", "stopped a load test of", "silenced alerts", "held the canary of"]);
  expect(describeAction("user.reset-link")).toBe("made a reset link for");
});

test("an action it does not know stays as it was written, rather than being guessed", () => {
  expect(describeAction("import.finish")).toBe("import.finish");
});
