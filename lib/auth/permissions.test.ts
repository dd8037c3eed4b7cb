import { describe, expect, it } from "vitest";
import { ANONYMOUS, systemActor, type Actor } from "./actor";
import { allows, PERMISSIONS, requirePermission, seesProject, type Permission } from "./permissions";

// The role table spelt out a second time, by hand: whoever changes a right changes it here as well. d: deployer, v: viewer, p: platform, o: owner.
const EXPECTED: Record<Permission, [who: string, scope: string]> = {
  "project.read": ["ovdp", "read"], "project.create": ["op", "admin"], "project.update": ["op", "admin"], "project.delete": ["op", "admin"], "member.read": ["ovdp", "read"], "member.manage": ["op", "admin"],
  "model.read": ["ovdp", "read"], "model.write": ["odp", "write"], "version.approve": ["op", "admin"], "deployment.read": ["ovdp", "read"], "deployment.write": ["odp", "write"], "deployment.approve": ["op", "admin"], "deployment.drill": ["op", "admin"],
  "deployment.predict": ["ovdp", "predict"], "secret.read": ["ovdp", "read"], "secret.write": ["odp", "write"], "profile.manage": ["op", "admin"], "target.manage": ["op", "admin"], "audit.read": ["op", "admin"],
  "user.read": ["op", "admin"], "user.manage": ["o", "admin"], "lead.manage": ["o", "admin"],
};
const person = (o: Partial<Actor>): Actor => ({ ...ANONYMOUS, kind: "user", id: "u", label: "U", userId: "u", scopes: null, ...o });
const member = (role: "deployer" | "viewer", o: Partial<Actor> = {}) => person({ memberships: new Map([["here", role]]), ...o });
const WHO: Record<string, Actor> = { o: person({ instanceRole: "owner" }), p: person({ instanceRole: "platform" }), d: member("deployer"), v: member("viewer") };
const all = Object.keys(PERMISSIONS) as Permission[];

describe.each(all)("%s", (permission) => {
  it("is of exactly these roles, in their project, with exactly that scope", () => {
    const [who, scope] = EXPECTED[permission];
    for (const [letter, actor] of Object.entries(WHO)) {
      expect([letter, allows(actor, permission, "here")]).toEqual([letter, who.includes(letter)]);
      expect([letter, allows(actor, permission, "elsewhere")]).toEqual([letter, who.includes(letter) && "op".includes(letter)]);
      expect([letter, allows(actor, permission, null)]).toEqual([letter, who.includes(letter) && "op".includes(letter)]);
    }
    for (const one of ["read", "write", "predict", "admin"] as const) expect(allows({ ...WHO.o!, scopes: new Set([one]) }, permission, "here")).toBe(one === scope);
    expect(allows({ ...WHO.o!, scopes: new Set() }, permission, "here")).toBe(false);
  });

  it("is nobody's who is not known, and a token's for one project only there", () => {
    expect(allows(ANONYMOUS, permission, "here")).toBe(false);
    expect(allows({ ...WHO.o!, kind: "anonymous" }, permission, "here")).toBe(false);
    const bound = { ...WHO.o!, onlyProjectId: "here" };
    expect([allows(bound, permission, "here"), allows(bound, permission, "elsewhere"), allows(bound, permission, null)]).toEqual([true, false, false]);
    expect(allows(systemActor("test"), permission, null)).toBe(true);
  });
});

describe("a project", () => {
  it("is known to its members and to instance roles, to nobody else, and to a token for another project not at all", () => {
    expect([WHO.o!, WHO.p!, WHO.d!, WHO.v!].map((a) => seesProject(a, "here"))).toEqual([true, true, true, true]);
    expect([WHO.o!, WHO.p!, WHO.d!, WHO.v!].map((a) => seesProject(a, "elsewhere"))).toEqual([true, true, false, false]);
    expect([seesProject(ANONYMOUS, "here"), seesProject({ ...WHO.o!, kind: "anonymous" }, "here"), seesProject({ ...WHO.o!, onlyProjectId: "elsewhere" }, "here"), seesProject({ ...WHO.o!, onlyProjectId: "here" }, "here")]).toEqual([false, false, false, true]);
  });
});

describe("a right that is missing", () => {
  const refusal = (actor: Actor, permission: Permission, project: string | null) => {
    try {
      requirePermission(actor, permission, project);
      return "allowed";
    } catch (error) {
      return `${(error as { code: string }).code} ${(error as Error).message}`;
    }
  };

  it("is told as not found where the project may not even be known, else by the scope or the role that is missing", () => {
    expect(refusal(WHO.d!, "deployment.write", "here")).toBe("allowed");
    expect(refusal(WHO.d!, "deployment.write", "elsewhere")).toMatch(/^not_found /);
    expect(refusal(WHO.v!, "deployment.write", "here")).toMatch(/^forbidden .*role.*deployment\.write/);
    expect(refusal(WHO.d!, "target.manage", null)).toMatch(/^forbidden .*role.*target\.manage/);
    expect(refusal({ ...WHO.d!, scopes: new Set(["read"]) }, "deployment.write", "here")).toMatch(/^forbidden .*lacks the scope "write"/);
    expect(refusal({ ...WHO.v!, scopes: new Set(["write"]) }, "deployment.write", "here")).toMatch(/^forbidden .*role/);
  });
});
