const DONE: Record<string, string> = {
  create: "created", update: "changed", delete: "deleted", put: "set", remove: "removed", approve: "approved", accept: "accepted", revoke: "revoked", rollback: "rolled back",
  password: "changed the password of", "reset-link": "made a reset link for", decline: "declined", withdraw: "took back", test: "tested", replay: "sent again",
  stop: "stopped", start: "started", set: "set", add: "added", cancel: "cancelled",
};

const APPROVAL: Record<string, string> = { create: "asked for approval of", approve: "approved", decline: "declined", withdraw: "took back the request for" };

/** Actions whose noun and verb alone would not say what was done. */
const WHOLE: Record<string, string> = {
  "owner.create": "set this Slipway up",
  "load-test.create": "started a load test of", "load-test.stop": "stopped a load test of",
  "deployment.abort": "gave up the rollout of", "deployment.retry": "tried the start again of", "deployment.promote": "promoted the canary of", "deployment.drill": "drilled an interruption of",
  "deployment.canary.pause": "held the canary of", "deployment.canary.resume": "let the canary go on of",
  "alert-silence.create": "silenced alerts", "alert-silence.delete": "ended a silence of alerts", "alert-delivery.replay": "sent an alert's message again",
};

/** An action of the audit log as people say it, to stand before the subject's name: "created deployment", "uploaded version 2 of". */
export function describeAction(action: string, detail: Record<string, unknown> = {}): string {
  const [noun = action, verb = ""] = action.split(".");
  if (WHOLE[action]) return WHOLE[action];
  const done = DONE[verb];
  if (!done) return action;
  if (noun === "approval") return APPROVAL[verb] ?? done;
  if (noun === "version") return `${verb === "create" ? "added" : done} version${typeof detail.version === "number" ? ` ${detail.version}` : ""} of`;
  if (noun === "user" && done.endsWith(" of")) return done;
  if (verb === "reset-link") return done;
  return `${done} ${noun.replaceAll("-", " ")}`;
}
