import type { Actor, Scope } from "@/lib/auth/actor";
import type { InstanceRole, ProjectRole } from "@/lib/db/generated/enums";
import { AppError, notFound } from "@/lib/errors";

/**
 * The role table. A permission names the project roles that have it, the instance roles that have it everywhere, and the
 * scope that a token must carry to use it. lib/api/authorisation.db.test.ts walks it against every route.
 */
type Rule = { project: readonly ProjectRole[]; instance: readonly InstanceRole[]; scope: Scope };

const everyone = { instance: ["owner", "platform"], project: ["deployer", "viewer"] } as const;
const deployers = { instance: ["owner", "platform"], project: ["deployer"] } as const;
const platform = { instance: ["owner", "platform"], project: [] } as const;
const owners = { instance: ["owner"], project: [] } as const;

export const PERMISSIONS = {
  "project.read": { ...everyone, scope: "read" },
  "project.create": { ...platform, scope: "admin" },
  "project.update": { ...platform, scope: "admin" },
  "project.delete": { ...platform, scope: "admin" },
  "member.read": { ...everyone, scope: "read" },
  "member.manage": { ...platform, scope: "admin" },
  "model.read": { ...everyone, scope: "read" },
  "model.write": { ...deployers, scope: "write" },
  "version.approve": { ...platform, scope: "admin" },
  "deployment.read": { ...everyone, scope: "read" },
  "deployment.write": { ...deployers, scope: "write" },
  "deployment.approve": { ...platform, scope: "admin" },
  "deployment.drill": { ...platform, scope: "admin" },
  "deployment.predict": { ...everyone, scope: "predict" },
  "secret.read": { ...everyone, scope: "read" },
  "secret.write": { ...deployers, scope: "write" },
  "profile.manage": { ...platform, scope: "admin" },
  "target.manage": { ...platform, scope: "admin" },
  "audit.read": { ...platform, scope: "admin" },
  "user.read": { ...platform, scope: "admin" },
  "user.manage": { ...owners, scope: "admin" },
  "lead.manage": { ...owners, scope: "admin" },
} as const satisfies Record<string, Rule>;

export type Permission = keyof typeof PERMISSIONS;

/** Pure: whether the actor has a permission, in a project or (null) on the instance. */
export function allows(actor: Actor, permission: Permission, projectId: string | null): boolean {
  const rule: Rule = PERMISSIONS[permission];
  if (actor.kind === "anonymous") return false;
  if (actor.scopes && !actor.scopes.has(rule.scope)) return false;
  if (actor.onlyProjectId && actor.onlyProjectId !== projectId) return false;
  if (actor.instanceRole && rule.instance.includes(actor.instanceRole)) return true;
  const role = projectId ? actor.memberships.get(projectId) : undefined;
  return role !== undefined && rule.project.includes(role);
}

/** Pure: whether the actor may know that a project exists. */
export function seesProject(actor: Actor, projectId: string): boolean {
  if (actor.kind === "anonymous") return false;
  if (actor.onlyProjectId && actor.onlyProjectId !== projectId) return false;
  return actor.instanceRole !== null || actor.memberships.has(projectId);
}

/** Throws not_found where the project may not even be known, forbidden where it may but the right is missing. */
export function requirePermission(actor: Actor, permission: Permission, projectId: string | null): void {
  if (allows(actor, permission, projectId)) return;
  if (projectId && !seesProject(actor, projectId)) throw notFound("project");
  const rule: Rule = PERMISSIONS[permission];
  if (actor.scopes && !actor.scopes.has(rule.scope)) {
    throw new AppError("forbidden", `This token lacks the scope "${rule.scope}". Make one that has it under Settings, API tokens.`);
  }
  throw new AppError("forbidden", `Your role does not allow this (${permission}). Ask an owner or platform person.`);
}
