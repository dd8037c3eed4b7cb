import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { listContexts, readKubeconfig, useContext } from "@/lib/targets/kubernetes/parse-kubeconfig";

const CA = Buffer.from("-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n").toString("base64");
const file = (user: object, cluster: object = { server: "https://10.0.0.1:6443", "certificate-authority-data": CA }) => JSON.stringify({
  "current-context": "dev", clusters: [{ name: "c", cluster }], users: [{ name: "u", user }], contexts: [{ name: "dev", context: { cluster: "c", user: "u" } }, { name: "broken", context: { cluster: "gone", user: "u" } }],
});
const problem = (user: object, cluster?: object) => listContexts(readKubeconfig(file(user, cluster)))[0]?.problem;
const TOKEN = { token: "abc.def.ghi" };

describe("a kubeconfig", () => {
  it("lists its contexts and gives the chosen one, token or certificate", () => {
    const parsed = readKubeconfig(file(TOKEN));
    expect(listContexts(parsed)).toMatchObject([{ name: "dev", server: "https://10.0.0.1:6443", credential: "token", current: true, problem: null }, { name: "broken", problem: expect.stringMatching(/cluster that is not in the file/) }]);
    expect(useContext(parsed, "dev")).toMatchObject({ server: "https://10.0.0.1:6443", caData: CA, credentials: { kind: "token", token: "abc.def.ghi" } });
    expect(useContext(readKubeconfig(file({ "client-certificate-data": CA, "client-key-data": CA })), "dev").credentials.kind).toBe("client-certificate");
  });
  it("is read as kubectl writes it, in YAML, with a name that is a number", () => {
    const yaml = `apiVersion: v1\nkind: Config\npreferences: {}\ncurrent-context: 1\nclusters:\n- name: 1\n  cluster: {server: "https://k:6443/", certificate-authority-data: ${CA}}\nusers:\n- name: 1\n  user:\n    token: t0\ncontexts:\n- name: 1\n  context: {cluster: 1, user: 1, namespace: x}\n`;
    expect(() => readKubeconfig(yaml)).toThrow(AppError); // names are strings in a kubeconfig; kubectl quotes them
    expect(useContext(readKubeconfig(yaml.replaceAll(/\b(name|cluster|user|current-context): 1\b/g, '$1: "1"')), "1").server).toBe("https://k:6443");
  });
  it.each([
    ["exec", { exec: { command: "/usr/local/bin/aws", args: ["eks", "get-token"] } }, undefined, /running a program \(aws\).*EKS cluster/],
    ["an exec that is no AWS", { exec: { command: "gke-gcloud-auth-plugin" } }, undefined, /gke-gcloud-auth-plugin.*service account/],
    ["exec beside a token", { ...TOKEN, exec: { command: "x" } }, undefined, /running a program/],
    ["an auth-provider", { "auth-provider": { name: "oidc" } }, undefined, /auth-provider/],
    ["a token file", { tokenFile: "/etc/shadow" }, undefined, /file on your machine \(tokenFile\).*--flatten/],
    ["a client key file", { "client-certificate-data": CA, "client-key": "/root/.ssh/id_rsa" }, undefined, /client-key/],
    ["a certificate file", { "client-certificate": "/etc/passwd", "client-key-data": CA }, undefined, /client-certificate\)/],
    ["an authority file", TOKEN, { server: "https://k:1", "certificate-authority": "/etc/passwd" }, /certificate-authority\).*--flatten/],
    ["a password", { username: "admin", password: "x" }, undefined, /user name and password/],
    ["impersonation", { ...TOKEN, as: "system:admin" }, undefined, /impersonates/],
    ["no verification", TOKEN, { server: "https://k:1", "insecure-skip-tls-verify": true }, /insecure-skip-tls-verify/],
    ["plain http", TOKEN, { server: "http://k:1" }, /not an https address/],
    ["another scheme", TOKEN, { server: "unix:///var/run/docker.sock" }, /not an https address/],
    ["credentials in the address", TOKEN, { server: "https://a:b@k:1" }, /more than host/],
    ["a proxy", TOKEN, { server: "https://k:1", "proxy-url": "http://169.254.169.254" }, /proxy-url/],
    ["an address as server name", TOKEN, { server: "https://k:1", "tls-server-name": "169.254.169.254" }, /tls-server-name/],
    ["half a certificate", { "client-certificate-data": CA }, undefined, /one half/],
    ["a header in the token", { token: "a\r\nHost: x" }, undefined, /characters/],
    ["nothing to sign in with", {}, undefined, /no credentials/],
  ])("with %s is refused in words that say what to do", (_what, user, cluster, words) => {
    expect(problem(user, cluster)).toMatch(words);
    expect(() => useContext(readKubeconfig(file(user, cluster)), "dev")).toThrow(words);
  });
  it.each([["nothing", ""], ["a scalar", "hello"], ["broken YAML", "a: [b"], ["another shape", "clusters: 3"], ["no context", "clusters: []"], ["too much", "x: ".padEnd(300_000, "y")],
    ["an alias bomb", `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nclusters: [*c,*c,*c,*c,*c,*c,*c,*c]`]])("that is %s is refused without repeating it", (_what, source) => {
    const error = (() => { try { readKubeconfig(source); return null; } catch (e) { return e; } })();
    expect(error).toMatchObject({ code: "invalid_request" });
    expect((error as Error).message.length).toBeLessThan(250);
  });
  it("names no secret in any message", () => {
    const secret = "s3cr3t-CANARY";
    for (const user of [{ token: `${secret}\n` }, { username: secret, password: secret }, { "client-key-data": secret }, { token: secret, as: "x" }]) {
      expect(JSON.stringify(listContexts(readKubeconfig(file(user))))).not.toContain(secret);
    }
  });
});
