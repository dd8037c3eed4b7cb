import { fork, type ChildProcess } from "node:child_process";
import path from "node:path";
import { freePort } from "@/lib/net/free-ports";

export type Person = { sub: string; email: string; email_verified: boolean; name: string };

/** Runs e2e/identity-provider/process.ts, and walks through it as a person's browser would. */
export class IdentityProvider {
  private constructor(private readonly child: ChildProcess, readonly issuer: string) {}

  static async start(redirectUri: string, client = "slipway", secret = "a secret of a test"): Promise<IdentityProvider> {
    const port = await freePort();
    const child = fork(path.join(import.meta.dirname, "process.ts"), { execArgv: ["--import", "tsx"], env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: "test" }, stdio: ["ignore", "ignore", "inherit", "ipc"] });
    const ready = new Promise<void>((resolve, reject) => { child.once("message", () => resolve()); child.once("exit", (code) => reject(new Error(`the identity provider ended with ${code}`))); });
    child.send({ port, client, secret, redirectUri });
    await ready;
    return new IdentityProvider(child, `http://127.0.0.1:${port}`);
  }

  /** Follows the provider's redirects from where Slipway sends a browser; returns the callback it leads back to. */
  async signIn(authorizationUrl: string, person: Person): Promise<URL> {
    const jar = new Map<string, string>();
    let url = new URL(authorizationUrl);
    for (let hop = 0; hop < 10; hop++) {
      if (url.pathname.startsWith("/interaction/")) url.searchParams.set("as", JSON.stringify(person));
      const response = await fetch(url, { redirect: "manual", headers: { cookie: [...jar].map(([k, v]) => `${k}=${v}`).join("; ") } });
      for (const cookie of response.headers.getSetCookie()) {
        const [name, value] = cookie.split(";")[0]!.split(/=(.*)/s);
        jar.set(name!, value!);
      }
      const location = response.headers.get("location");
      if (!location) throw new Error(`${url.pathname} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
      url = new URL(location, url);
      if (url.origin !== this.issuer) return url;
    }
    throw new Error("the identity provider leads in circles");
  }

  /** Puts the provider's clock forward. */
  async later(seconds: number): Promise<void> {
    await fetch(`${this.issuer}/clock?seconds=${seconds}`);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill();
    await ended;
  }
}
