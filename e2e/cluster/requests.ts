import fs from "node:fs";
import { ownCluster } from "@/e2e/cluster/under-test";

export type Request = { verb: string; resource: string; namespace: string; name: string; code: number; uri: string };

type Line = { user: { username: string }; verb: string; requestURI: string; stage: string; objectRef?: { resource?: string; namespace?: string; name?: string; subresource?: string }; responseStatus?: { code?: number } };

/** What the user `slipway` asked of the API server since, by the server's own audit log, which is written before the answer is sent. */
export class RequestLog {
  private from = fs.statSync(ownCluster().auditLog).size;

  restart(): void {
    this.from = fs.statSync(ownCluster().auditLog).size;
  }

  read(): Request[] {
    const file = fs.openSync(ownCluster().auditLog, "r");
    const bytes = Buffer.alloc(fs.fstatSync(file).size - this.from);
    fs.readSync(file, bytes, 0, bytes.length, this.from);
    fs.closeSync(file);
    const lines = bytes.toString("utf8").split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as Line);
    return lines.filter((l) => l.user.username === "slipway" && l.stage !== "ResponseStarted").map((l) => ({
      verb: l.verb, resource: [l.objectRef?.resource, l.objectRef?.subresource].filter(Boolean).join("/"), namespace: l.objectRef?.namespace ?? "", name: l.objectRef?.name ?? "", code: l.responseStatus?.code ?? 0, uri: l.requestURI,
    }));
  }

  writes(): Request[] {
    return this.read().filter((r) => !["get", "list", "watch"].includes(r.verb) && !r.uri.includes("dryRun=All"));
  }
}
