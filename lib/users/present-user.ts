import type { UserDto } from "@/lib/users/schema";

export const USER_FIELDS = {
  id: true, name: true, email: true, instanceRole: true, disabledAt: true, createdAt: true, updatedAt: true,
  sessions: { orderBy: { updatedAt: "desc" }, take: 1, select: { updatedAt: true } },
  memberships: { select: { role: true, project: { select: { slug: true } } }, orderBy: { createdAt: "asc" } },
} as const;

type Row = {
  id: string; name: string; email: string; instanceRole: UserDto["instanceRole"]; disabledAt: Date | null; createdAt: Date; updatedAt: Date;
  sessions: { updatedAt: Date }[]; memberships: { role: "deployer" | "viewer"; project: { slug: string } }[];
};

export const presentUser = (u: Row): UserDto => ({
  id: u.id, name: u.name, email: u.email, instanceRole: u.instanceRole, disabled: u.disabledAt !== null, createdAt: u.createdAt.toISOString(),
  lastSeenAt: u.sessions[0]?.updatedAt.toISOString() ?? null, projects: u.memberships.map((m) => ({ project: m.project.slug, role: m.role })),
});

export const userEtag = (u: { updatedAt: Date }): string => u.updatedAt.getTime().toString(36);
