import { readFile } from "node:fs/promises";
import { request, type IncomingMessage } from "node:http";
import { dataPath } from "@/lib/env";
import { AppError } from "@/lib/errors";

/** Where the gateway's control socket is and what it asks for. */
export type ControlAddress = { port: number; token: string };

const TIMEOUT_MS = 10_000;

const unreachable = (cause: unknown) =>
  new AppError("bad_gateway", "The gateway of the local target cannot be reached. Start it with npm run up; if it is running, look into its log.", { cause });

/** Reads the file the running gateway has written. Throws AppError("bad_gateway") when there is none. */
export async function readControlAddress(): Promise<ControlAddress> {
  try {
    const { port, token } = JSON.parse(await readFile(dataPath("run", "gateway.json"), "utf8")) as ControlAddress;
    return { port, token };
  } catch (e) {
    throw unreachable(e);
  }
}

/** Opens one call; the answer's body is the caller's to read. Throws AppError("bad_gateway") when the gateway cannot be asked. */
export function openControl(address: ControlAddress, method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const req = request({
      host: "127.0.0.1", port: address.port, method, path, signal, agent: false,
      headers: { authorization: `Bearer ${address.token}`, ...(text === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(text) }) },
    });
    req.setTimeout(TIMEOUT_MS, () => req.destroy(new Error("the gateway did not answer in time")));
    req.on("response", (res) => {
      req.setTimeout(0);
      resolve(res);
    });
    req.on("error", (e) => reject(unreachable(e)));
    req.end(text);
  });
}

/** One whole call. Throws AppError("bad_gateway") also when the gateway refuses it; its words are the cause. */
export async function callControl<T>(address: ControlAddress, method: string, path: string, body?: unknown): Promise<T> {
  const res = await openControl(address, method, path, body);
  let text = "";
  res.setEncoding("utf8");
  try {
    for await (const chunk of res) text += chunk as string;
  } catch (e) {
    throw unreachable(e);
  }
  if (res.statusCode === undefined || res.statusCode >= 300) {
    throw new AppError("bad_gateway", "The gateway of the local target refused the request.", { cause: new Error(`${method} ${path}: ${res.statusCode} ${text.slice(0, 500)}`) });
  }
  return (text === "" ? undefined : JSON.parse(text)) as T;
}
