import { describe, expect, it } from "vitest";
import { openApiDocument } from "@/lib/api/openapi";
import { API_TAGS } from "@/lib/api/tags";

type Json = Record<string, unknown>;
const METHODS = ["get", "put", "post", "delete", "patch"];
// As it is served: what JSON drops is not part of the document.
const document = JSON.parse(JSON.stringify(openApiDocument("http://127.0.0.1:3000"))) as { openapi: string; paths: Record<string, Record<string, Operation>>; components: { schemas: Json; securitySchemes: Json }; tags: { name: string }[] };
type Operation = { operationId: string; summary: string; description: string; tags: string[]; parameters?: { name: string; in: string; required?: boolean; schema: Json }[]; responses: Record<string, { description: string; content?: Json }>; requestBody?: { content: Json }; security?: Json[] };
const operations = Object.entries(document.paths).flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({ path, method, operation })));

/** Every object in the document, with the way to it. */
function* walk(value: unknown, at = "#"): Generator<[string, Json]> {
  if (value === null || typeof value !== "object") return;
  if (!Array.isArray(value)) yield [at, value as Json];
  for (const [key, child] of Object.entries(value)) yield* walk(child, `${at}/${key}`);
}

describe("the OpenAPI document", () => {
  it("is a 3.1 document with nothing in a path item but methods", () => {
    expect(document.openapi).toBe("3.1.0");
    for (const item of Object.values(document.paths)) expect(METHODS).toEqual(expect.arrayContaining(Object.keys(item)));
  });

  it("resolves every reference inside itself", () => {
    for (const [at, node] of walk(document)) {
      if (typeof node.$ref !== "string") continue;
      const target = node.$ref.slice(2).split("/").reduce<unknown>((value, key) => (value as Json | undefined)?.[key.replaceAll("~1", "/").replaceAll("~0", "~")], document);
      expect(node.$ref.startsWith("#/") && target !== undefined, `${at}: ${node.$ref}`).toBe(true);
    }
  });

  it("uses JSON Schema as 3.1 does: no nullable, no boolean limits, types that exist", () => {
    const types = ["string", "number", "integer", "boolean", "array", "object", "null"];
    for (const [at, node] of walk({ schemas: document.components.schemas, paths: document.paths })) {
      if (/\/(properties|example|examples)$/.test(at)) continue;
      expect(Object.keys(node).includes("nullable") && typeof node.nullable === "boolean", at).toBe(false);
      expect(typeof node.exclusiveMinimum === "boolean" || typeof node.exclusiveMaximum === "boolean", at).toBe(false);
      if (typeof node.type === "string" && ("properties" in node || "items" in node || "enum" in node)) expect(types, at).toContain(node.type);
    }
  });

  it("declares each placeholder of a path as a required parameter, once", () => {
    for (const { path, method, operation } of operations) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);
      const declared = (operation.parameters ?? []).filter((p) => p.in === "path");
      expect(declared.map((p) => p.name).sort(), `${method} ${path}`).toEqual([...names].sort());
      expect(declared.every((p) => p.required === true)).toBe(true);
      const keys = (operation.parameters ?? []).map((p) => `${p.in} ${p.name}`);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it("says of each operation what it does, who may do it and what it answers, in a group that is described", () => {
    const groups = API_TAGS.map((t) => t.name);
    for (const { path, method, operation } of operations) {
      expect(operation.summary.length, `${method} ${path}`).toBeGreaterThan(5);
      expect(operation.description, `${method} ${path}`).toMatch(/Needs|Only for/);
      expect(groups).toContain(operation.tags[0]);
      expect(Object.keys(operation.responses).some((status) => /^[23]/.test(status)), `${method} ${path}`).toBe(true);
      for (const response of Object.values(operation.responses)) expect(response.description.length).toBeGreaterThan(0);
    }
    expect(groups.filter((g) => !operations.some((o) => o.operation.tags[0] === g))).toEqual([]);
  });

  it("names only the security scheme that it defines", () => {
    for (const { operation } of operations) for (const requirement of operation.security ?? []) expect(Object.keys(document.components.securitySchemes)).toEqual(expect.arrayContaining(Object.keys(requirement)));
  });
});
