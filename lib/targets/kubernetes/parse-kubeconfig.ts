import { isIP } from "node:net";
import { parseDocument } from "yaml";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import type { Credentials } from "@/lib/targets/kubernetes/connection-config";

export const MAX_KUBECONFIG_BYTES = 256 * 1024;

/** Null and absent mean the same in a kubeconfig. */
const text = z.string().nullish().transform((v) => (v === undefined || v === null || v === "" ? null : v));
const clusterSchema = z.object({ server: text, "certificate-authority": text, "certificate-authority-data": text, "insecure-skip-tls-verify": z.boolean().nullish(), "tls-server-name": text, "proxy-url": text });
const userSchema = z.object({
  token: text, tokenFile: text, "client-certificate": text, "client-certificate-data": text, "client-key": text, "client-key-data": text, username: text, password: text,
  as: text, "as-groups": z.array(z.string()).nullish(), exec: z.object({ command: text }).nullish(), "auth-provider": z.object({ name: text }).nullish(),
});
const named = <T extends string, S extends z.ZodType>(key: T, body: S) => z.array(z.object({ name: z.coerce.string(), [key]: body.nullish() } as { name: z.ZodType<string> } & Record<T, z.ZodType<z.output<S> | null | undefined>>)).nullish().transform((v) => v ?? []);
const fileSchema = z.object({
  "current-context": text,
  clusters: named("cluster", clusterSchema), users: named("user", userSchema),
  contexts: named("context", z.object({ cluster: text, user: text, namespace: text })),
});

/** A context of a kubeconfig as one chooses from: `problem` says why Slipway cannot use it and what to do; null: it can. */
export type KubeContext = { name: string; cluster: string | null; user: string | null; server: string | null; credential: "token" | "client-certificate" | null; current: boolean; problem: string | null };

/** What a context comes down to: an address with its authority, and what signs in. */
export type UsableContext = { server: string; caData: string | null; tlsServerName: string | null; cluster: string; user: string; credentials: Credentials };

type Kubeconfig = z.output<typeof fileSchema>;

/** Reads a kubeconfig, as YAML or JSON. Throws invalid_request in words; the file's content is in no message. */
export function readKubeconfig(source: string): Kubeconfig {
  if (Buffer.byteLength(source) > MAX_KUBECONFIG_BYTES) throw new AppError("invalid_request", `A kubeconfig may have at most ${MAX_KUBECONFIG_BYTES / 1024} KiB.`);
  const document = parseDocument(source, { prettyErrors: false, logLevel: "silent" });
  const problem = document.errors[0];
  if (problem) throw refused(`it is not valid YAML (${problem.code} at character ${problem.pos[0]})`);
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 50 });
  } catch {
    throw refused("it repeats itself by aliases too often");
  }
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) throw refused(`${parsed.error.issues[0]?.path.join(".") || "it"} is not as in a kubeconfig`);
  if (parsed.data.contexts.length === 0) throw refused("it names no context. kubectl config view --raw --minify --flatten prints one that has");
  return parsed.data;
}

/** Every context, whether Slipway can use it, and if not, why. */
export function listContexts(file: Kubeconfig): KubeContext[] {
  return file.contexts.map(({ name, context }) => {
    const { cluster, user } = partsOf(file, name);
    const credential = user?.token ? "token" as const : user?.["client-certificate-data"] ? "client-certificate" as const : null;
    return { name, cluster: context?.cluster ?? null, user: context?.user ?? null, server: cluster?.server ?? null, credential, current: file["current-context"] === name, problem: whyNot(cluster, user) };
  });
}

/** The chosen context. Throws unprocessable with what is in the way and the command that mends it. */
export function useContext(file: Kubeconfig, name: string): UsableContext {
  const context = file.contexts.find((c) => c.name === name)?.context;
  if (!context) throw unusable(`This kubeconfig has no context "${name.slice(0, 80)}". It has ${file.contexts.slice(0, 10).map((c) => c.name).join(", ")}.`);
  const { cluster, user } = partsOf(file, name);
  const problem = whyNot(cluster, user);
  if (problem !== null || !cluster?.server || !user) throw unusable(problem ?? "This context is incomplete.");
  return {
    server: cluster.server.replace(/\/+$/, ""), caData: cluster["certificate-authority-data"], tlsServerName: cluster["tls-server-name"], cluster: context.cluster ?? "", user: context.user ?? "",
    credentials: user.token ? { kind: "token", token: user.token } : { kind: "client-certificate", certData: user["client-certificate-data"] ?? "", keyData: user["client-key-data"] ?? "" },
  };
}

function partsOf(file: Kubeconfig, name: string) {
  const context = file.contexts.find((c) => c.name === name)?.context;
  return { cluster: file.clusters.find((c) => c.name === context?.cluster)?.cluster ?? null, user: file.users.find((u) => u.name === context?.user)?.user ?? null };
}

type Cluster = z.output<typeof clusterSchema>;
type User = z.output<typeof userSchema>;

const FLATTEN = "Make one that holds everything: kubectl config view --raw --minify --flatten";
const SERVICE_ACCOUNT = "Use a service account's token instead (docs/first-cluster.md shows the commands)";

/** A file or a program of the person's machine means nothing on this server, and running one because a file says so is how servers are taken over. */
function whyNot(cluster: Cluster | null, user: User | null): string | null {
  if (!cluster) return "The context names a cluster that is not in the file.";
  if (!user) return "The context names a user that is not in the file.";
  return whyNotCluster(cluster) ?? whyNotUser(user);
}

function whyNotCluster(c: Cluster): string | null {
  if (!c.server || !URL.canParse(c.server)) return "The cluster has no server address.";
  const url = new URL(c.server);
  if (url.protocol !== "https:") return "The server is not an https address. Slipway signs in to API servers over https only.";
  if (url.username || url.password || url.search || url.hash) return "The server address has more than host, port and path.";
  if (c["insecure-skip-tls-verify"]) return "It turns off the check of the server's certificate (insecure-skip-tls-verify), so anybody between could read the credentials. Put the cluster's certificate authority in instead (certificate-authority-data).";
  if (c["certificate-authority"]) return `The certificate authority is a file on your machine (certificate-authority), which Slipway cannot read. ${FLATTEN}.`;
  if (c["proxy-url"]) return "It goes through a proxy (proxy-url). Slipway connects to API servers directly.";
  if (c["tls-server-name"] && (isIP(c["tls-server-name"]) !== 0 || !/^[A-Za-z0-9._-]{1,253}$/.test(c["tls-server-name"]))) return "tls-server-name is not a host name.";
  if (c["certificate-authority-data"] && !/-----BEGIN CERTIFICATE-----/.test(Buffer.from(c["certificate-authority-data"], "base64").toString("latin1"))) return "certificate-authority-data is not a certificate in base64.";
  return null;
}

function whyNotUser(u: User): string | null {
  if (u.exec) return `It signs in by running a program (${programName(u.exec.command)}), which Slipway does not do. ${/aws/.test(u.exec.command ?? "") ? "Connect it as an EKS cluster instead, or use a service account's token" : SERVICE_ACCOUNT}.`;
  if (u["auth-provider"]) return `It signs in by an auth-provider, which kubectl has dropped. ${SERVICE_ACCOUNT}.`;
  const file = (["client-certificate", "client-key", "tokenFile"] as const).find((key) => u[key]);
  if (file) return `It signs in with a file on your machine (${file}), which Slipway cannot read. ${FLATTEN}.`;
  if (u.username || u.password) return `It signs in with a user name and password, which Kubernetes has dropped. ${SERVICE_ACCOUNT}.`;
  if (u.as || (u["as-groups"]?.length ?? 0) > 0) return "It impersonates somebody (as). Use credentials of its own.";
  if (u.token) return /^[\x21-\x7e]+$/.test(u.token) ? null : "The token has characters that no token has.";
  if (!u["client-certificate-data"] && !u["client-key-data"]) return `The user has no credentials. ${SERVICE_ACCOUNT}.`;
  if (!u["client-certificate-data"] || !u["client-key-data"]) return "It has only one half of a client certificate: both client-certificate-data and client-key-data are needed.";
  return null;
}

const programName = (command: string | null) => (command ?? "").split(/[\\/]/).at(-1)?.replace(/[^\w.-]/g, "").slice(0, 40) || "unnamed";
const refused = (why: string) => new AppError("invalid_request", `This is not a kubeconfig that can be used: ${why}.`, { fields: [{ path: "connection.kubeconfig", message: why }] });
const unusable = (message: string) => new AppError("unprocessable", message, { fields: [{ path: "connection.context", message }] });
