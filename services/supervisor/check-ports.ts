import net from "node:net";

/** Throws an Error that names the variable and the port of what cannot be listened on, before anything is started. */
export async function checkPorts(host: string, ports: Record<string, number>): Promise<void> {
  for (const [variable, port] of Object.entries(ports)) {
    const code = await tryToListen(host, port);
    if (code === null) continue;
    const reason: Record<string, string> = {
      EADDRINUSE: `port ${port} on ${host} is taken by another program: stop it, or set ${variable} to a free port`,
      EACCES: `port ${port} may not be opened by this account: set ${variable} to a port above 1023`,
      EADDRNOTAVAIL: `${host} is no address of this machine: set HOST to one that is`,
      ENOTFOUND: `${host} is not known: set HOST to an address of this machine`,
    };
    throw new Error(`${variable}: ${reason[code] ?? `port ${port} on ${host} cannot be opened (${code})`}.`);
  }
}

function tryToListen(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}
