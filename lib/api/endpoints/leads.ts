import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { isoTime, pageOf } from "@/lib/api/schema";
import { addNote, deleteNote } from "@/lib/leads/change-notes";
import { countStages } from "@/lib/leads/count-stages";
import { createLead } from "@/lib/leads/create-lead";
import { deleteLead } from "@/lib/leads/delete-lead";
import { erasePerson } from "@/lib/leads/erase-person";
import { exportLeads } from "@/lib/leads/export-leads";
import { getLead } from "@/lib/leads/get-lead";
import { listLeads } from "@/lib/leads/list-leads";
import { createLeadSchema, createNoteSchema, erasedSchema, erasureSchema, leadDetailSchema, leadExportQuery, leadFilters, leadQuery, leadSchema, stageCountsSchema, updateLeadSchema } from "@/lib/leads/schema";
import { updateLead } from "@/lib/leads/update-lead";

const tag = "Leads";
const policy = { kind: "instance", permission: "lead.manage" } as const;
const params = z.object({ lead: z.uuid() });

export const listLeadsEndpoint = endpoint({
  id: "listLeads", method: "GET", path: "/api/v1/leads", summary: "List leads", tag, policy, query: leadQuery,
  responses: { 200: { description: "A page of leads", schema: pageOf(leadSchema) } },
  handler: async ({ actor, query }) => ({ status: 200, body: await listLeads(actor, query, new Date()) }),
});

export const createLeadEndpoint = endpoint({
  id: "createLead", method: "POST", path: "/api/v1/leads", summary: "Add a company by hand", tag,
  description: "A company that is a lead already, by its domain or its name, is not made twice: the person is added to it.",
  policy, body: createLeadSchema,
  responses: { 200: { description: "It was there already", schema: z.object({ id: z.uuid(), created: z.boolean() }) }, 201: { description: "Made", schema: z.object({ id: z.uuid(), created: z.boolean() }) } },
  handler: async ({ actor, body }) => {
    const made = await createLead(actor, body, new Date());
    return { status: made.created ? 201 : 200, body: made, headers: { location: `/api/v1/leads/${made.id}` } };
  },
});

export const countLeadStagesEndpoint = endpoint({
  id: "countLeadStages", method: "GET", path: "/api/v1/leads/stages", summary: "Count leads by stage", tag, policy, query: leadFilters,
  responses: { 200: { description: "Every stage, in the board's order", schema: stageCountsSchema } },
  handler: async ({ actor, query }) => ({ status: 200, body: await countStages(actor, query, new Date()) }),
});

export const exportLeadsEndpoint = endpoint({
  id: "exportLeads", method: "GET", path: "/api/v1/leads/export", summary: "Export leads as a file", tag,
  description: "CSV: a row a person. JSON: a lead with its people, requests and notes.", policy, query: leadExportQuery,
  responses: { 200: { description: "The file", schema: z.string(), contentType: "text/csv" } },
  handler: ({ actor, query }) => exportLeads(actor, query, new Date()),
});

export const getLeadEndpoint = endpoint({
  id: "getLead", method: "GET", path: "/api/v1/leads/{lead}", summary: "Get a lead with everything known of it", tag, policy, params,
  responses: { 200: { description: "The lead", schema: leadDetailSchema } },
  handler: async ({ actor, params: { lead } }) => {
    const found = await getLead(actor, lead, new Date());
    return { status: 200, body: found.lead, etag: found.etag };
  },
});

export const updateLeadEndpoint = endpoint({
  id: "updateLead", method: "PATCH", path: "/api/v1/leads/{lead}", summary: "Move a lead to a stage, set its next step, mend what is known of it", tag, policy, params, body: updateLeadSchema,
  responses: { 200: { description: "The lead", schema: leadDetailSchema } },
  handler: async ({ actor, params: { lead }, ifMatch, body }) => {
    const changed = await updateLead(actor, lead, ifMatch, body, new Date());
    return { status: 200, body: changed.lead, etag: changed.etag };
  },
});

export const deleteLeadEndpoint = endpoint({
  id: "deleteLead", method: "DELETE", path: "/api/v1/leads/{lead}", summary: "Delete a lead with its people, requests, notes and visits", tag, policy, params,
  responses: { 204: { description: "Deleted", schema: null } },
  handler: async ({ actor, params: { lead } }) => {
    await deleteLead(actor, lead);
    return { status: 204, body: null };
  },
});

export const createLeadNoteEndpoint = endpoint({
  id: "createLeadNote", method: "POST", path: "/api/v1/leads/{lead}/notes", summary: "Write a note", tag, policy, params, body: createNoteSchema,
  responses: { 201: { description: "Written", schema: z.object({ id: z.uuid(), createdAt: isoTime }) } },
  handler: async ({ actor, params: { lead }, body }) => ({ status: 201, body: await addNote(actor, lead, body.text) }),
});

export const deleteLeadNoteEndpoint = endpoint({
  id: "deleteLeadNote", method: "DELETE", path: "/api/v1/leads/{lead}/notes/{note}", summary: "Delete a note", tag, policy, params: params.extend({ note: z.uuid() }),
  responses: { 204: { description: "Deleted", schema: null } },
  handler: async ({ actor, params: { lead, note } }) => {
    await deleteNote(actor, lead, note);
    return { status: 204, body: null };
  },
});

export const erasePersonEndpoint = endpoint({
  id: "erasePerson", method: "POST", path: "/api/v1/lead-erasures", summary: "Delete everything about a person", tag,
  description: "Person, requests, notices still to be sent, notes and next steps that name them, visits of links they may have had, rows of lists. Cannot be undone; `dryRun` counts first. Repeating it changes nothing, so there is no Idempotency-Key: no trace of the address is kept, not even its hash.",
  policy, body: erasureSchema, idempotent: false,
  responses: { 200: { description: "What was deleted, or would be", schema: erasedSchema } },
  handler: async ({ actor, body }) => ({ status: 200, body: await erasePerson(actor, body) }),
});
