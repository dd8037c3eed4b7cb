import type { Server } from "node:http";

/**
 * A request that waits behind another one on its connection is told "100 Continue" in its turn. Node says it at once, which puts the words
 * into the request's own answer, behind the head.
 */
export function continueInTurn(server: Server): Server {
  return server.on("checkContinue", (req, res) => {
    if (res.socket) res.writeContinue();
    else res.once("socket", () => { if (!res.headersSent) res.writeContinue(); });
    server.emit("request", req, res);
  });
}
