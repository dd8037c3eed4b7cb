import { endpoint } from "@/lib/api/endpoint";
import { pageOf } from "@/lib/api/schema";
import { listAudit } from "@/lib/audit/list-audit";
import { auditEntrySchema, auditQuery, auditVerdictSchema } from "@/lib/audit/schema";
import { verifyChain } from "@/lib/audit/verify-chain";
import { db } from "@/lib/db/client";

const tag = "Audit log";

export const listAuditEndpoint = endpoint({
  id: "listAudit", method: "GET", path: "/api/v1/audit", summary: "Read the audit log, newest first", tag,
  policy: { kind: "instance", permission: "audit.read" }, query: auditQuery,
  responses: { 200: { description: "A page of entries", schema: pageOf(auditEntrySchema) } },
  handler: async ({ actor, query }) => ({ status: 200, body: await listAudit(actor, query) }),
});

export const verifyAuditEndpoint = endpoint({
  id: "verifyAudit", method: "GET", path: "/api/v1/audit/verify", summary: "Check the audit log's hash chain", tag,
  policy: { kind: "instance", permission: "audit.read" },
  responses: { 200: { description: "Whether every row is as it was written", schema: auditVerdictSchema } },
  handler: async () => {
    const v = await verifyChain(db());
    return { status: 200, body: { intact: v.ok, rows: v.rows, head: v.ok ? v.head : null, brokenAt: v.ok ? null : v.brokenAt, reason: v.ok ? null : v.reason } };
  },
});
