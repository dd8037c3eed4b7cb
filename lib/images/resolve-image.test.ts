import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { challengeOf, loginOf, parseImage } from "./image-reference";
import { resolveImage } from "./resolve-image";

const D = `sha256:${"a".repeat(64)}`;

describe("an image's reference", () => {
  it.each([
    ["nginx", "registry-1.docker.io", "docker.io/library/nginx", "latest"], ["team/model:1.4", "registry-1.docker.io", "docker.io/team/model", "1.4"], ["docker.io/team/model", "registry-1.docker.io", "docker.io/team/model", "latest"],
    ["ghcr.io/team/a/model:v2", "ghcr.io", "ghcr.io/team/a/model", "v2"], ["registry.example.com:5000/model:x", "registry.example.com:5000", "registry.example.com:5000/model", "x"],
  ])("%s", (text, registry, name, tag) => expect(parseImage(text)).toMatchObject({ registry, name, tag, digest: null }));
  it("with a digest needs no tag", () => expect(parseImage(`ghcr.io/team/model@${D}`)).toMatchObject({ tag: null, digest: D }));
  it.each(["", "UPPER/case", "a b", "ghcr.io/", "x@sha256:12", "ghcr.io/x/../y", "ghcr.io/x:tag:more", "http://ghcr.io/x", "user:pw@ghcr.io/x", "-bad.io/x"])("%s is none", (text) => expect(() => parseImage(text)).toThrow(/no image/));
});

it("a login is taken for its own registry alone", () => {
  const config = JSON.stringify({ auths: { "ghcr.io": { auth: "Z2g6cHc=" }, "https://index.docker.io/v1/": { username: "u", password: "p" } } });
  expect(loginOf(config, "ghcr.io")).toBe("Z2g6cHc=");
  expect(loginOf(config, "registry-1.docker.io")).toBe(Buffer.from("u:p").toString("base64"));
  expect(loginOf(config, "evil.example.com")).toBeNull();
  expect(() => loginOf("{", "ghcr.io")).toThrow(/dockerconfigjson/);
  expect(challengeOf('Bearer realm="https://auth.example.com/token",service="r",scope="repository:a:pull"')).toEqual({ realm: "https://auth.example.com/token", service: "r", scope: "repository:a:pull" });
  expect(challengeOf('Basic realm="x"')).toBeNull();
});

type Call = { url: string; authorization: string | undefined };
/** A registry that wants a token, and its place for tokens. */
function registry(manifest: string, options: { open?: boolean; digest?: string; status?: number; realm?: string } = {}) {
  const calls: Call[] = [];
  const fetch: Parameters<typeof resolveImage>[2] = async (url, { headers = {} }) => {
    calls.push({ url, authorization: headers.authorization });
    const answer = (status: number, body: string, h: Record<string, string> = {}) => ({ status, headers: h, body: Readable.from([Buffer.from(body)]) });
    if (url.startsWith("https://auth.example.com/")) return answer(200, JSON.stringify({ token: "t1" }));
    if (!options.open && headers.authorization !== "Bearer t1") return answer(401, "{}", { "www-authenticate": `Bearer realm="${options.realm ?? "https://auth.example.com/token"}",service="ghcr.io"` });
    return answer(options.status ?? 200, manifest, options.digest ? { "docker-content-digest": options.digest } : {});
  };
  return { fetch, calls };
}
const MANIFEST = JSON.stringify({ config: { size: 10 }, layers: [{ size: 100 }, { size: 5 }] });
const digestOf = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;

describe("a tag resolved at its registry", () => {
  it("is the digest of what the registry answers, by a token that is asked for without a login", async () => {
    const { fetch, calls } = registry(MANIFEST, { digest: digestOf(MANIFEST) });
    expect(await resolveImage("p", { image: "ghcr.io/team/model:1.4" }, fetch)).toEqual({ image: `ghcr.io/team/model@${digestOf(MANIFEST)}`, tag: "1.4", digest: digestOf(MANIFEST), sizeBytes: 115, platforms: null });
    expect(calls.map((c) => c.url)).toEqual(["https://ghcr.io/v2/team/model/manifests/1.4", "https://auth.example.com/token?service=ghcr.io&scope=repository%3Ateam%2Fmodel%3Apull", "https://ghcr.io/v2/team/model/manifests/1.4"]);
    expect(calls[1]!.authorization).toBeUndefined();
  });
  it("names the platforms of an index", async () => {
    const index = JSON.stringify({ manifests: [{ platform: { os: "linux", architecture: "amd64" } }, { platform: { os: "linux", architecture: "arm64" } }, { platform: { os: "unknown", architecture: "unknown" } }] });
    expect(await resolveImage("p", { image: "ghcr.io/team/model:1" }, registry(index, { open: true }).fetch)).toMatchObject({ sizeBytes: null, platforms: ["linux/amd64", "linux/arm64"] });
  });
  it("is refused where the answer is not what the digest says, is no image, or is not there", async () => {
    const image = "ghcr.io/team/model:1";
    await expect(resolveImage("p", { image }, registry(MANIFEST, { open: true, digest: D }).fetch)).rejects.toMatchObject({ code: "bad_gateway", message: expect.stringMatching(/something else than the digest/) });
    await expect(resolveImage("p", { image: `ghcr.io/team/model@${D}` }, registry(MANIFEST, { open: true }).fetch)).rejects.toMatchObject({ code: "bad_gateway" });
    await expect(resolveImage("p", { image }, registry("<html>", { open: true }).fetch)).rejects.toMatchObject({ code: "bad_gateway", message: expect.stringMatching(/no image/) });
    await expect(resolveImage("p", { image }, registry("{}", { open: true, status: 404 }).fetch)).rejects.toMatchObject({ code: "not_found" });
    await expect(resolveImage("p", { image }, registry("{}", { open: true, status: 403 }).fetch)).rejects.toMatchObject({ code: "unprocessable", message: expect.stringMatching(/asks for a login/) });
    await expect(resolveImage("p", { image }, registry(MANIFEST, { realm: "http://auth.example.com/token" }).fetch)).rejects.toMatchObject({ code: "bad_gateway", message: expect.stringMatching(/not https/) });
  });
});
