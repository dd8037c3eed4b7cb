import { z } from "zod";
import { isoTime } from "@/lib/api/schema";
import { COST_SERVER_KINDS } from "@/lib/costs/allocation-api-source";

const url = z.url({ protocol: /^https?$/, error: "must be an http or https URL" }).max(500).transform((u) => u.replace(/\/+$/, ""))
  .refine((u) => !/[?#]/.test(u), "must have no query").refine((u) => new URL(u).username === "", "must carry no user name: give a header");
/** Headers that belong to the connection, or that would change what is asked. */
const NOT_OURS = new Set(["host", "content-length", "transfer-encoding", "connection", "upgrade", "accept", "te", "trailer", "expect"]);

export const putCostSourceSchema = z.strictObject({
  kind: z.enum(COST_SERVER_KINDS),
  url: url.meta({ description: "Without a path to the API", examples: ["http://kubecost-frontend.kubecost:9090", "http://opencost.opencost:9003"] }),
  header: z.strictObject({
    name: z.string().max(100).regex(/^[A-Za-z0-9-]+$/, "must be a header's name").refine((n) => !NOT_OURS.has(n.toLowerCase()), "is set by Slipway itself"),
    value: z.string().min(1, "must not be empty").max(8000).regex(/^[\x20-\x7e]+$/, "must be printable").optional().meta({ writeOnly: true, description: "Stored sealed, and in no answer. Left out: the one that is kept" }),
  }).nullable().default(null).meta({ description: "What it is asked with where it stands behind a gate, like Authorization" }),
}).meta({ id: "PutCostSource" });
export type PutCostSource = z.output<typeof putCostSourceSchema>;

export const costSourceHealthSchema = z.object({
  ok: z.boolean(), message: z.string(), notes: z.array(z.string()),
  deployments: z.number().int().nullable().meta({ description: "Deployments of this Slipway it has figures of in the last two hours; null: it did not answer" }),
}).meta({ id: "CostSourceHealth" });
export type CostSourceHealth = z.infer<typeof costSourceHealthSchema>;

const usd = z.number().nullable().meta({ description: "USD; null: unknown" });
export const costSourceSchema = z.object({
  kind: z.enum(["replica-time", ...COST_SERVER_KINDS]).meta({ description: "replica-time: Slipway's own, with nothing to check it against" }),
  health: costSourceHealthSchema.nullable(), checkedAt: isoTime.nullable(),
  collection: z.object({
    lastAt: isoTime.nullable().meta({ description: "Of the last collection that went through" }), error: z.string().nullable(), nextAt: isoTime, coveredTo: isoTime.nullable(), days: z.number().int(),
  }).nullable(),
  settings: z.object({ url: z.string(), headerName: z.string().nullable(), headerSet: z.boolean() }).nullable().meta({ description: "null without the right target.manage" }),
  lastWeek: z.object({ deployments: usd, idle: usd, other: usd }).nullable().meta({ description: "Of the whole cluster, in its last seven days on file; null without the right target.manage, or before there is any" }),
}).meta({ id: "CostSource" });
export type CostSourceDto = z.infer<typeof costSourceSchema>;
