import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createProjectSchema } from "@/lib/projects/schema";

const portal = path.resolve(import.meta.dirname, "../../app/(app)/app");
const places = fs.readdirSync(portal, { withFileTypes: true }).filter((e) => e.isDirectory() && /^[a-z]/.test(e.name)).map((e) => e.name);

describe("a project's name", () => {
  it.each(places)("is never “%s”, which is an address of the portal", (place) => {
    expect(createProjectSchema.safeParse({ name: place }).success).toBe(false);
  });
  it("may be anything else that is a slug", () => {
    expect(createProjectSchema.safeParse({ name: "vision" }).success).toBe(true);
  });
});
