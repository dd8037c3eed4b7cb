import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { pageOf, pageQuery } from "@/lib/api/schema";
import { AppError } from "@/lib/errors";
import { checkList, deleteList, startList } from "@/lib/leads/import/change-list";
import { previewList } from "@/lib/leads/import/preview-list";
import { exportRefused, getList, listLists, listRefused } from "@/lib/leads/import/read-lists";
import { checkListSchema, leadListSchema, MOST_BYTES, previewQuery, previewSchema, refusedQuery, refusedRowSchema, uploadListQuery } from "@/lib/leads/import/schema";
import { uploadList } from "@/lib/leads/import/upload-list";

const tag = "Leads";
const base = "/api/v1/lead-lists";
const policy = { kind: "instance", permission: "lead.manage" } as const;
const params = z.object({ list: z.uuid() });

export const listLeadListsEndpoint = endpoint({
  id: "listLeadLists", method: "GET", path: base, summary: "List lists of companies and people, newest first", tag, policy, query: pageQuery,
  responses: { 200: { description: "A page of lists", schema: pageOf(leadListSchema) } },
  handler: async ({ actor, query }) => ({ status: 200, body: await listLists(actor, query) }),
});

export const uploadLeadListEndpoint = endpoint({
  id: "uploadLeadList", method: "POST", path: base, summary: "Upload a list", tag,
  description: `CSV with a heading, at most ${MOST_BYTES / 1024 / 1024} MiB; its encoding and separator are found out. Nothing is taken over before it was checked and started.`,
  policy, query: uploadListQuery, raw: { contentType: "text/csv", description: "The file's bytes, in whatever encoding" },
  responses: { 201: { description: "The list", schema: leadListSchema } },
  handler: async ({ actor, query, request }) => {
    const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
    // Never what another site's form could send.
    if (type !== "text/csv" && type !== "application/octet-stream") throw new AppError("unsupported_media_type", "Send the file's bytes as text/csv.");
    const made = await uploadList(actor, query.filename, request.body);
    return { status: 201, body: made, headers: { location: `${base}/${made.id}` } };
  },
});

export const getLeadListEndpoint = endpoint({
  id: "getLeadList", method: "GET", path: `${base}/{list}`, summary: "Get a list: how far it is, and what it brings", tag, policy, params,
  responses: { 200: { description: "The list", schema: leadListSchema } },
  handler: async ({ actor, params: { list } }) => ({ status: 200, body: await getList(actor, list) }),
});

export const deleteLeadListEndpoint = endpoint({
  id: "deleteLeadList", method: "DELETE", path: `${base}/{list}`, summary: "Delete a list with its file and refused rows", tag,
  description: "Refused (409) while leads or people are there that came by it.", policy, params,
  responses: { 204: { description: "Deleted", schema: null } },
  handler: async ({ actor, params: { list } }) => {
    await deleteList(actor, list);
    return { status: 204, body: null };
  },
});

export const previewLeadListEndpoint = endpoint({
  id: "previewLeadList", method: "GET", path: `${base}/{list}/preview`, summary: "Read the first rows of a list", tag,
  description: "With the encoding and separator given, else with those found; and what each preset makes of the columns.", policy, params, query: previewQuery,
  responses: { 200: { description: "The first rows", schema: previewSchema } },
  handler: async ({ actor, params: { list }, query }) => ({ status: 200, body: await previewList(actor, list, query) }),
});

export const checkLeadListEndpoint = endpoint({
  id: "checkLeadList", method: "POST", path: `${base}/{list}/check`, summary: "Count what taking a list over would do", tag, policy, params, body: checkListSchema,
  responses: { 202: { description: "A worker counts", schema: leadListSchema } },
  handler: async ({ actor, params: { list }, body }) => ({ status: 202, body: await checkList(actor, list, body) }),
});

export const startLeadListEndpoint = endpoint({
  id: "startLeadList", method: "POST", path: `${base}/{list}/import`, summary: "Take a checked list over", tag,
  description: "A company that is there already gets what was not known of it, and nothing is written over.", policy, params,
  responses: { 202: { description: "A worker takes it over", schema: leadListSchema } },
  handler: async ({ actor, params: { list } }) => ({ status: 202, body: await startList(actor, list) }),
});

export const listRefusedRowsEndpoint = endpoint({
  id: "listRefusedLeadRows", method: "GET", path: `${base}/{list}/refused`, summary: "Rows of a list that were not taken over, and why", tag,
  description: "`format=csv`: all of them as a file, to be mended and uploaded again.", policy, params, query: refusedQuery,
  responses: { 200: { description: "A page of rows", schema: pageOf(refusedRowSchema) } },
  handler: async ({ actor, params: { list }, query }) => (query.format === "csv" ? exportRefused(actor, list) : { status: 200, body: await listRefused(actor, list, query) }),
});
