import { randomInt } from "node:crypto";
import net from "node:net";

// Below what Linux (32768), macOS and Windows (49152) give to outgoing connections: a server that starts again at its port would
// otherwise find it taken by a client now and then, even by one that tries to reach that very port.
const FIRST = 10_240;
const LAST = 32_767;
const TRIES = 500;

/** Ports of loopback that nobody listens on at this moment, all different. Somebody may take one before its server does. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  for (let tries = 0; ports.size < count; tries++) {
    if (tries > TRIES) throw new Error(`no free port on 127.0.0.1 between ${FIRST} and ${LAST}`);
    const port = randomInt(FIRST, LAST + 1);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

export async function freePort(): Promise<number> {
  return (await freePorts(1))[0]!;
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}
