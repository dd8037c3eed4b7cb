import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { ROUTE_EXCEPTIONS } from "@/lib/api/exceptions";
import { openApiDocument } from "@/lib/api/openapi";
import { ENDPOINTS } from "@/lib/api/registry";

const app = path.resolve(import.meta.dirname, "../../app");
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Route files as `METHOD /path`, read from the tree: groups fall away, [x] becomes {x}. */
function routeFiles(): { path: string; methods: string[] }[] {
  return fs.readdirSync(app, { recursive: true, encoding: "utf8" }).filter((f) => /(^|\/)route\.tsx?$/.test(f)).map((file) => {
    const source = fs.readFileSync(path.join(app, file), "utf8");
    const exported = source.split("\n").filter((line) => line.startsWith("export ")).join("\n");
    const url = `/${path.dirname(file).split(path.sep).filter((s) => !/^\(.*\)$/.test(s)).join("/")}`;
    return { path: url, methods: METHODS.filter((m) => new RegExp(`\\b${m}\\b`).test(exported)) };
  });
}

const exception = (url: string) => ROUTE_EXCEPTIONS.find((e) => e.path === url);
const asTemplate = (url: string) => url.replace(/\[(\w+)\]/g, "{$1}");

describe("the inventory of routes", () => {
  it("holds every route file, either in the registry or as an exception with its policy", () => {
    const found = routeFiles().filter((r) => !exception(r.path)).flatMap((r) => r.methods.map((m) => `${m} ${asTemplate(r.path)}`)).sort();
    const listed = ENDPOINTS.map((e) => `${e.method} ${e.path}`).sort();
    expect(found).toEqual(listed);
  });

  it("names no exception that is not there, nor a method it does not have", () => {
    for (const e of ROUTE_EXCEPTIONS) expect({ ...routeFiles().find((r) => r.path === e.path) }).toEqual({ path: e.path, methods: METHODS.filter((m) => e.methods.includes(m)) });
  });

  it("gives every operation an id of its own and puts it in the OpenAPI document", () => {
    expect(new Set(ENDPOINTS.map((e) => e.id)).size).toBe(ENDPOINTS.length);
    const document = openApiDocument("http://127.0.0.1:3000");
    for (const e of ENDPOINTS) {
      const operation = (document.paths?.[e.path] as Record<string, { operationId?: string; responses?: object }> | undefined)?.[e.method.toLowerCase()];
      expect(operation?.operationId, `${e.method} ${e.path}`).toBe(e.id);
      for (const status of Object.keys(e.responses)) expect(Object.keys(operation?.responses ?? {})).toContain(status);
    }
  });

  it("declares a path parameter schema for every placeholder", () => {
    for (const e of ENDPOINTS) {
      const names = [...e.path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!).sort();
      const shape = Object.keys((e.params as { shape?: object } | undefined)?.shape ?? {}).sort();
      expect(shape, `${e.method} ${e.path}`).toEqual(names);
    }
  });
});
