/** Kinds of action, as the filter offers them: the API takes the prefix for all that begin so. */
export const AUDIT_KINDS = [
  { value: "deployment.", label: "Deployments" }, { value: "model.", label: "Models" }, { value: "version.", label: "Versions" }, { value: "project.", label: "Projects" },
  { value: "approval.", label: "Approvals" }, { value: "environment.", label: "Environments" }, { value: "secret.", label: "Secrets" }, { value: "member.", label: "Members" }, { value: "invitation.", label: "Invitations" },
  { value: "user.", label: "People" }, { value: "session.", label: "Sessions" }, { value: "token.", label: "Tokens" }, { value: "owner.", label: "Set-up" }, { value: "alert-", label: "Alerts" }, { value: "load-test.", label: "Load tests" }, { value: "target.", label: "Targets" }, { value: "lead.", label: "Leads" },
];

/** The day of a date field as the API's bound in this browser's time zone; `end`: the first moment after it. undefined for none. */
export function dayBound(day: string, end = false): string | undefined {
  const [y, m, d] = day.split("-").map(Number);
  if (!y || !m || !d) return undefined;
  const at = new Date(y, m - 1, d + (end ? 1 : 0));
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** What is known of an entry beyond its columns, in a line; empty where there is nothing. */
export function detailWords(detail: Record<string, unknown>): string {
  return Object.entries(detail).filter(([, v]) => v !== null && v !== undefined)
    .map(([k, v]) => `${k.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${typeof v === "object" ? JSON.stringify(v) : String(v)}`).join(", ");
}
