import { AppError } from "@/lib/errors";

export type ImageReference = { /** Where its API is asked. */ registry: string; /** The name as it is written in a pod, without tag and digest. */ name: string; /** Path at the registry. */ path: string; tag: string | null; digest: string | null };

const HUB = "docker.io";
const HUB_API = "registry-1.docker.io";
const PATH = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;

/** Parts of an image's reference, as Docker reads it. Pure. Throws unprocessable in words. */
export function parseImage(text: string): ImageReference {
  const bad = (why: string) => new AppError("unprocessable", `This is no image: ${why}. Give one like registry.example.com/team/model:1.4.`, { fields: [{ path: "image", message: why }] });
  const [rest = "", digest = null, ...more] = text.trim().split("@");
  if (more.length > 0 || (digest !== null && !/^sha256:[0-9a-f]{64}$/.test(digest))) throw bad("its digest is not a sha256");
  const slash = rest.indexOf("/");
  const first = slash < 0 ? "" : rest.slice(0, slash);
  const hasHost = /[.:]/.test(first) || first === "localhost";
  const host = hasHost ? first : HUB;
  if (hasHost && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/.test(host)) throw bad("its registry is no host name");
  const remainder = hasHost ? rest.slice(slash + 1) : rest;
  const colon = remainder.lastIndexOf(":");
  const [named, tag] = colon < 0 ? [remainder, null] : [remainder.slice(0, colon), remainder.slice(colon + 1)];
  if (!PATH.test(named) || named.length > 255) throw bad("its name has other signs than lower-case letters, digits and ._-/");
  if (tag !== null && !/^\w[\w.-]{0,127}$/.test(tag)) throw bad("its tag is not one");
  const onHub = host === HUB || host === "index.docker.io";
  const path = onHub && !named.includes("/") ? `library/${named}` : named;
  return { registry: onHub ? HUB_API : host, name: `${onHub ? HUB : host}/${path}`, path, tag: tag ?? (digest === null ? "latest" : null), digest };
}

/** User and password for a registry from a `.dockerconfigjson`; null where it has none for it. Throws unprocessable for what is no such file. */
export function loginOf(dockerConfig: string, registry: string): string | null {
  let auths: unknown;
  try {
    auths = (JSON.parse(dockerConfig) as { auths?: unknown } | null)?.auths;
  } catch {
    auths = undefined;
  }
  if (typeof auths !== "object" || auths === null) throw new AppError("unprocessable", "The secret holds no .dockerconfigjson: an object with auths is expected.", { fields: [{ path: "pullSecret", message: "holds no .dockerconfigjson" }] });
  const wanted = registry === HUB_API ? [HUB, "index.docker.io", HUB_API] : [registry];
  for (const [key, value] of Object.entries(auths)) {
    const host = key.replace(/^https?:\/\//, "").split("/")[0]!;
    if (!wanted.includes(host) || typeof value !== "object" || value === null) continue;
    const { auth, username, password } = value as { auth?: unknown; username?: unknown; password?: unknown };
    if (typeof auth === "string" && auth !== "") return auth;
    if (typeof username === "string" && typeof password === "string") return Buffer.from(`${username}:${password}`, "utf8").toString("base64");
  }
  return null;
}

/** Realm, service and scope that a registry asks a token from; null where it asks for something else. */
export function challengeOf(header: string | undefined): { realm: string; service: string | null; scope: string | null } | null {
  if (!header || !/^bearer /i.test(header)) return null;
  const parts = new Map([...header.matchAll(/(\w+)="([^"]*)"/g)].map((m) => [m[1]!.toLowerCase(), m[2]!]));
  const realm = parts.get("realm");
  return realm ? { realm, service: parts.get("service") ?? null, scope: parts.get("scope") ?? null } : null;
}
