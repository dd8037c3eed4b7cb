import type { Part } from "./part";

/** Crashes, races and loss. */
export const faults: Part[] = [
  { name: "uploads", claim: "An upload cut at random bytes, by client and by server, resumes to the same digest", args: ["--project", "unit", "lib/uploads/tus-server.test.ts"], env: { PROVE_UPLOADS: process.env.PROVE_UPLOADS ?? "200" } },
  { name: "processes", claim: "kill -9 of any process, and of all at once, loses nothing and doubles nothing", args: ["--project", "process", "e2e/process/main-job.test.ts", "e2e/process/supervisor.test.ts", "e2e/process/embedded-postgres.test.ts"] },
];
