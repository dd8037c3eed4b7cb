import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** Waits for a 200 of `path`, asked on the address that is listened on. `signal` gives up, with its reason. */
export async function waitUntilServing(host: string, port: number, path: string, signal: AbortSignal): Promise<void> {
  const address = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  while ((await ask(address, port, path)) !== 200) {
    signal.throwIfAborted();
    await sleep(50);
  }
}

function ask(host: string, port: number, path: string): Promise<number | null> {
  return new Promise((resolve) => {
    const request = http.get({ host, port, path, agent: false, timeout: 5_000, headers: { host: `127.0.0.1:${port}` } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? null);
    });
    request.once("timeout", () => request.destroy());
    request.once("error", () => resolve(null));
  });
}
