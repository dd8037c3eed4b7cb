import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { appErrorOf } from "@/lib/targets/kubernetes/api-error";
import { GuardedKubeConfig } from "@/lib/targets/kubernetes/guarded-kube-config";
import { KubeClient } from "@/lib/targets/kubernetes/client";
import { KINDS } from "@/lib/targets/kubernetes/kinds";
import { whySilent } from "@/lib/targets/why-silent";

async function refusedBy(server: string): Promise<unknown> {
  const config = new GuardedKubeConfig({ server, caPem: null, tlsServerName: null, clientCertificate: null, token: async () => "secret-token" });
  return appErrorOf(await new KubeClient(async () => config).list(KINDS.Pod).then(() => null, (error: unknown) => error), "cluster");
}

it("is one line with the code and the address of a connection that was refused, and without the token", async () => {
  const closed = createServer().listen(0, "127.0.0.1");
  await once(closed, "listening");
  const { port } = closed.address() as { port: number };
  closed.close();
  await once(closed, "close");
  expect(whySilent(await refusedBy(`https://127.0.0.1:${port}`))).toBe(`ECONNREFUSED 127.0.0.1:${port}`);
});

it("tells the reason of TLS, the server's own words where there is no code, and the first of many lines", () => {
  const tls = Object.assign(new Error("self-signed certificate in certificate chain"), { code: "SELF_SIGNED_CERT_IN_CHAIN" });
  expect(whySilent(new AppError("bad_gateway", "The API server of cluster cannot be reached.", { cause: new TypeError("fetch failed", { cause: tls }) }))).toBe("SELF_SIGNED_CERT_IN_CHAIN: self-signed certificate in certificate chain");
  expect(whySilent(new AppError("bad_gateway", "The API server of cluster is overloaded:\n  etcd has no leader"))).toBe("The API server of cluster is overloaded: etcd has no leader");
  const both = new AggregateError([Object.assign(new Error("connect"), { code: "ECONNREFUSED", address: "::1", port: 1 })]);
  expect(whySilent(new TypeError("fetch failed", { cause: both }))).toBe("ECONNREFUSED ::1:1");
  expect(whySilent("gone")).toBe("gone");
});
