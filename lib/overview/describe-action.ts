const DONE: Record<string, string> = {
  create: "created", update: "changed", delete: "deleted", put: "set", remove: "removed", approve: "approved", accept: "accepted", revoke: "revoked", rollback: "rolled back",
  password: "changed the password of", "reset-link": "made a reset link for", decline: "declined", withdraw: "took back", test: "tested", replay: "sent again",
};

const APPROVAL: Record<string, string> = { create: "asked for approval of", approve: "approved", decline: "declined", withdraw: "took back the request for" };

/** An action of the audit log as people say it, to stand before the subject's name: "created deployment", "uploaded version 2 of". */
export function describeAction(action: string, detail: Record<string, unknown> = {}): string {
  const [noun = action, verb = ""] = action.split(".");
  const done = DONE[verb];
  if (!done) return action;
  if (noun === "approval") return APPROVAL[verb] ?? done;
  if (action === "owner.create") return "set this Slipway up";
  if (noun === "version") return `${verb === "create" ? "added" : done} version${typeof detail.version === "number" ? ` ${detail.version}` : ""} of`;
  if (noun === "user" && done.endsWith(" of")) return done;
  if (verb === "reset-link") return done;
  return `${done} ${noun.replaceAll("-", " ")}`;
}
