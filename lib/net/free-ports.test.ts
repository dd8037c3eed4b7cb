import net from "node:net";
import { expect, it } from "vitest";
import { freePort, freePorts, isFree } from "./free-ports";

it("gives different ports that can be listened on, below those of outgoing connections", async () => {
  const ports = await freePorts(20);
  expect(new Set(ports).size).toBe(20);
  expect(ports.every((port) => port > 1024 && port < 32_768)).toBe(true);
  const server = net.createServer();
  const port = await freePort();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  expect(await isFree(port)).toBe(false);
  await new Promise((resolve) => server.close(resolve));
  expect(await isFree(port)).toBe(true);
});
