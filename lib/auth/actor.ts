import type { InstanceRole, ProjectRole } from "@/lib/db/generated/enums";

/** Who does something. The first argument of every domain verb. */
export type Actor = {
  kind: "user" | "token" | "system" | "anonymous";
  /** User id, token id, or a fixed word for the system. */
  id: string;
  /** For the audit log and "created by": a name, never a secret. */
  label: string;
  userId: string | null;
  instanceRole: InstanceRole | null;
  /** null: no limit (a session). */
  scopes: ReadonlySet<Scope> | null;
  /** A token may be bound to one project. */
  onlyProjectId: string | null;
  memberships: ReadonlyMap<string, ProjectRole>;
  requestId: string | null;
};

export const SCOPES = ["read", "write", "predict", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

export const ANONYMOUS: Actor = {
  kind: "anonymous", id: "anonymous", label: "anonymous", userId: null, instanceRole: null, scopes: new Set(), onlyProjectId: null, memberships: new Map(), requestId: null,
};

/** Slipway itself: reconciler, sweeper, seed. Never made from a request. */
export const systemActor = (id: string): Actor => ({
  kind: "system", id, label: `slipway ${id}`, userId: null, instanceRole: "owner", scopes: null, onlyProjectId: null, memberships: new Map(), requestId: null,
});
