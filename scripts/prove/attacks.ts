import { INCIDENTS } from "../../e2e/trust/incidents";
import type { Part } from "./part";

const files = [...new Set(INCIDENTS.flatMap((i) => i.tests.map((t) => t.file)))];

/** Known attacks on a running instance. */
export const attacks: Part[] = [
  { name: "immunity", claim: "The known incidents of such systems cannot happen here: docs/immunity.md, made from this run", args: ["--reporter=default", "--reporter=./e2e/trust/immunity-reporter.ts", ...files] },
  { name: "requests", claim: "Requests drawn from the OpenAPI document meet no fault of ours, and every refusal is a problem document", args: ["--project", "trust", "e2e/trust/fuzz.test.ts"], env: { PROVE_REQUESTS: process.env.PROVE_REQUESTS ?? "100000" } },
];
