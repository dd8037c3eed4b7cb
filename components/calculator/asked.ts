import { z } from "zod";
import { forecastRequestSchema, type ForecastRequest } from "@/lib/costs/schema";
import { requestsByHour } from "@/components/deploy/traffic";
import { KNOWN_MODELS, knownModel } from "@/lib/profiles/known-models";
import type { FitModel } from "@/lib/profiles/fit";

export const OWN = "own";
/** Bytes of a parameter as stored. */
export const PRECISIONS = { F32: 4, F16: 2, I8: 1 } as const;

const text = z.union([z.string(), z.array(z.string()).transform((all) => all[0] ?? "")]);
const figure = (first: number, least: number, most: number, what: string) =>
  text.default(String(first)).transform((t) => Number(t)).pipe(z.number(what).min(least, what).max(most, what));

const fields = {
  model: text.default("mistral-7b").pipe(z.enum([OWN, ...KNOWN_MODELS.map((m) => m.id)], "Choose one of the list.")),
  parameters: figure(1, 0.000001, 2000, "Give millions or billions of parameters as billions, from 0.000001 to 2,000."),
  precision: text.default("F16").pipe(z.enum(Object.keys(PRECISIONS) as [keyof typeof PRECISIONS], "Choose one of the list.")),
  hardware: text.default("gpu").pipe(z.enum(["gpu", "any"], "Choose one of the list.")),
  rps: figure(1, 0, 1e6, "Give requests per second, from 0 to 1,000,000."),
  shape: text.default("day").pipe(z.enum(["steady", "day", "hours"], "Choose one of the list.")),
  hours: text.default("").pipe(z.string().regex(/^\s*(\d{1,7}(\.\d{1,6})?(\s*,\s*\d{1,7}(\.\d{1,6})?){23})?\s*$/, "Give 24 figures from midnight on, with commas between them.")),
  limit: text.default("").pipe(z.string().regex(/^(\d{1,8}(\.\d{1,3})?)?$/, "Give milliseconds, or leave it empty.")),
  ms: figure(200, 0.001, 86_400_000, "Give milliseconds, more than 0."),
  min: figure(1, 0, 200, "Give a whole number from 0 to 200.").pipe(z.int("Give a whole number from 0 to 200.")),
  max: figure(4, 1, 200, "Give a whole number from 1 to 200.").pipe(z.int("Give a whole number from 1 to 200.")),
  region: text.default("us-east-1").pipe(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "Choose one of the list.")),
};
export type Asked = { [K in keyof typeof fields]: z.output<(typeof fields)[K]> };
export type AskedProblems = Partial<Record<keyof Asked, string>>;

/** What an address of the calculator asks for. A field that cannot be meant falls back to its first value and says so. */
export function readAsked(query: Record<string, string | string[] | undefined>): { asked: Asked; problems: AskedProblems } {
  const problems: AskedProblems = {};
  const read = Object.fromEntries(Object.entries(fields).map(([name, schema]) => {
    const parsed = schema.safeParse(query[name]);
    if (!parsed.success) problems[name as keyof Asked] = parsed.error.issues[0]!.message;
    return [name, parsed.success ? parsed.data : schema.parse(undefined)];
  })) as Asked;
  if (read.max < Math.max(1, read.min)) {
    problems.max = "Must not be below the fewest replicas.";
    read.max = Math.max(1, read.min);
  }
  if (read.shape === "hours" && read.hours.trim() === "") {
    problems.hours ??= "Give 24 figures from midnight on, with commas between them.";
    read.shape = "day";
  }
  return { asked: read, problems };
}

/** The model in question: one of the list, or one of so many parameters without a KV cache. */
export function modelOf(a: Asked): FitModel {
  if (a.model !== OWN) return knownModel(a.model).model;
  const parameters = a.parameters * 1e9;
  const bytes = parameters * PRECISIONS[a.precision];
  return { format: "onnx", parameters, weightBytes: bytes, weightBytesByType: { [a.precision]: bytes }, facts: {}, fileBytes: bytes };
}

export const trafficOf = (a: Asked): ForecastRequest => forecastRequestSchema.parse({
  requestsPerSecondByHour: requestsByHour({ perSecond: a.rps, shape: a.shape, hours: a.hours.split(",").map(Number) }), secondsPerRequest: { value: a.ms / 1000, basis: "assumed" }, scaling: { min: a.min, max: a.max }, latencyLimitSeconds: Number(a.limit) > 0 ? Number(a.limit) / 1000 : null,
});
