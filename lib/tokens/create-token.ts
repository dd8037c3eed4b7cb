import type { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { seesProject } from "@/lib/auth/permissions";
import { hashToken, newToken, tokenPrefix } from "@/lib/auth/tokens";
import { db } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";
import { findProject } from "@/lib/projects/find-project";
import { presentToken, TOKEN_FIELDS } from "@/lib/tokens/present-token";
import { TOKEN_DAYS, type createTokenSchema, type TokenDto } from "@/lib/tokens/schema";

const DAY_MS = 86_400_000;

/**
 * Makes an API token that acts for its maker, within the maker's own rights: they are intersected again at every use. A token
 * makes tokens only with scope admin, and none with more scopes, projects or days than it has itself.
 */
export async function createToken(actor: Actor, input: z.output<typeof createTokenSchema>, now = new Date()): Promise<TokenDto & { token: string }> {
  const missing = actor.scopes && !actor.scopes.has("admin") ? "admin" : input.scopes.find((s) => actor.scopes && !actor.scopes.has(s));
  if (missing) throw new AppError("forbidden", `This token lacks the scope "${missing}", so it cannot make such a token.`);
  const projectId = await projectOf(actor, input.project);
  const expiresAt = await expiryOf(actor, input.expiresAt, now);
  const token = newToken();
  const row = await db().$transaction(async (tx) => {
    const made = await tx.apiToken.create({
      select: TOKEN_FIELDS,
      data: {
        name: input.name, tokenHash: new Uint8Array(hashToken(token)), prefix: tokenPrefix(token), userId: actor.userId,
        instanceRole: actor.userId === null ? actor.instanceRole : null, projectId, scopes: input.scopes, expiresAt,
      },
    });
    await writeAudit(tx, actor, { action: "token.create", subject: { kind: "token", id: made.id }, projectId, detail: { name: input.name, scopes: input.scopes, expiresAt: expiresAt?.toISOString() ?? null } });
    return made;
  });
  return { ...presentToken(row), token };
}

async function projectOf(actor: Actor, slug: string | undefined): Promise<string | null> {
  if (slug === undefined) {
    if (actor.onlyProjectId) throw new AppError("forbidden", "This token belongs to one project, so the tokens it makes do too: name the project.");
    return null;
  }
  const project = await findProject(slug);
  if (!project || !seesProject(actor, project.id)) throw notFound("project");
  return project.id;
}

async function expiryOf(actor: Actor, wanted: string | null | undefined, now: Date): Promise<Date | null> {
  const own = actor.kind === "token" ? (await db().apiToken.findUnique({ where: { id: actor.id }, select: { expiresAt: true } }))?.expiresAt ?? null : null;
  const invalid = (message: string) => new AppError("invalid_request", `expiresAt: ${message}`, { fields: [{ path: "expiresAt", message }] });
  if (wanted === null) {
    if (actor.instanceRole !== "owner") throw invalid("only an owner may make a token without an end");
    if (own) throw invalid("must not be after the end of the token that makes it");
    return null;
  }
  const at = wanted === undefined ? new Date(Math.min(now.getTime() + TOKEN_DAYS.default * DAY_MS, own?.getTime() ?? Infinity)) : new Date(wanted);
  if (at <= now) throw invalid("must be in the future");
  if (at.getTime() > now.getTime() + TOKEN_DAYS.max * DAY_MS) throw invalid("may be at most one year ahead");
  if (own && at > own) throw invalid("must not be after the end of the token that makes it");
  return at;
}
