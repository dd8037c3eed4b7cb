import { createHmac, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import http from "node:http";
import { Provider } from "oidc-provider";

// A real OpenID Connect provider as a process of its own, told by its first message whom it serves. People are whoever the test says:
// /interaction/<id>?as=<claims as JSON> signs that person in without asking for a password.
type Start = { port: number; client: string; secret: string; redirectUri: string };
type Claims = { sub: string } & Record<string, unknown>;

process.once("message", (start: Start) => void serve(start).then(() => process.send!("ready")));
process.once("disconnect", () => process.exit(0));

async function serve({ port, client, secret, redirectUri }: Start): Promise<void> {
  const issuer = `http://127.0.0.1:${port}`;
  const people = new Map<string, Claims>();
  const own = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const key = own.export({ format: "jwk" });
  let forgery: keyof typeof FORGERIES | null = null;
  let ahead = 0;
  const now = Date.now.bind(Date);
  Date.now = () => now() + ahead;
  const provider = new Provider(issuer, {
    clients: [{ client_id: client, client_secret: secret, redirect_uris: [redirectUri], token_endpoint_auth_method: "client_secret_post" }],
    jwks: { keys: [{ ...key, use: "sig", alg: "RS256", kid: "one" }] } as never,
    cookies: { keys: ["of a test"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    ttl: { AuthorizationCode: 60, AccessToken: 600, IdToken: 600, Session: 600, Interaction: 600, Grant: 600 },
    findAccount: (_ctx, sub) => {
      const claims = people.get(sub);
      return claims ? { accountId: sub, claims: () => claims } : undefined;
    },
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client!.clientId, accountId: ctx.oidc.session!.accountId! });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  const server = http.createServer((request, response) => {
    const url = new URL(request.url!, issuer);
    if (url.pathname.startsWith("/interaction/")) {
      const claims = JSON.parse(url.searchParams.get("as")!) as Claims;
      people.set(claims.sub, claims);
      void provider.interactionFinished(request, response, { login: { accountId: claims.sub } });
    } else if (url.pathname === "/forge") {
      forgery = url.searchParams.get("how") as keyof typeof FORGERIES;
      response.end();
    } else if (url.pathname === "/token" && forgery) {
      const forge = FORGERIES[forgery];
      forgery = null;
      forgeIdToken(response, (token) => forge(token.split(".") as [string, string, string], own, secret));
      void answer(request, response);
    } else if (url.pathname === "/clock") {
      ahead += Number(url.searchParams.get("seconds")) * 1000;
      response.end();
    } else if (url.pathname === "/liar/.well-known/openid-configuration") {
      // Another issuer's document that points at this one's endpoints and keys.
      void fetch(`${issuer}/.well-known/openid-configuration`).then(async (r) => response.end(JSON.stringify({ ...((await r.json()) as object), issuer: `${issuer}/liar` })));
    } else if (url.pathname === "/borrowed/.well-known/openid-configuration") {
      // This one's own document, found where another issuer was asked for.
      void fetch(`${issuer}/.well-known/openid-configuration`).then(async (r) => response.end(await r.text()));
    } else void answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
}

const read = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString("utf8")) as Record<string, unknown>;
const write = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const signed = (head: object, claims: object, key: KeyObject) => {
  const text = `${write(head)}.${write(claims)}`;
  return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
};

/** ID tokens that must sign nobody in, each made of the true one. */
const FORGERIES = {
  "unsigned": ([, claims]: [string, string, string]) => `${write({ alg: "none", typ: "JWT" })}.${claims}.`,
  "changed after signing": ([head, claims, mac]: [string, string, string]) => `${head}.${write({ ...read(claims), sub: "sub-somebody-else" })}.${mac}`,
  "signed by another key": ([head, claims]: [string, string, string]) => signed(read(head), read(claims), generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey),
  "signed with the client's secret": ([head, claims]: [string, string, string], _: KeyObject, secret: string) => {
    const text = `${write({ ...read(head), alg: "HS256" })}.${claims}`;
    return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
  },
  "for another client": ([head, claims]: [string, string, string], own: KeyObject) => signed(read(head), { ...read(claims), aud: "another-client" }, own),
  "over already": ([head, claims]: [string, string, string], own: KeyObject) => signed(read(head), { ...read(claims), iat: 1_700_000_000, exp: 1_700_000_600 }, own),
};

/** Puts another ID token into the answer of the token endpoint, on its way out. */
function forgeIdToken(response: http.ServerResponse, forge: (token: string) => string): void {
  const end = response.end.bind(response) as (body: Buffer) => http.ServerResponse;
  response.end = ((body: Buffer | string) => {
    const told = JSON.parse(String(body)) as { id_token: string };
    const changed = Buffer.from(JSON.stringify({ ...told, id_token: forge(told.id_token) }));
    response.setHeader("content-length", changed.length);
    return end(changed);
  }) as typeof response.end;
}
