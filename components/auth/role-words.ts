type Grant = { instanceRole: "owner" | "platform" | null; project: string | null; role: "deployer" | "viewer" | null };

/** What each role may do, in a sentence; the same in invitations, members and people. */
export const ROLE_WORDS = {
  owner: "Everything, people and roles included.",
  platform: "Everything but people and roles: projects, profiles, targets, approvals, the audit log.",
  deployer: "Models, deployments and secrets of the project.",
  viewer: "Sees the project and calls its models; changes nothing.",
} as const;

/** "a deployer in sentiment", "an owner of this Slipway"; null where the project is gone. */
export function grantWords(grant: Grant): string | null {
  if (grant.instanceRole === "owner") return "an owner of this Slipway";
  if (grant.instanceRole === "platform") return "a platform person of this Slipway";
  return grant.project && grant.role ? `a ${grant.role} in ${grant.project}` : null;
}
