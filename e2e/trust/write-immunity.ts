import { INCIDENTS, type Incident } from "./incidents";

/** As Vitest's JSON reporter tells it. */
export type Results = { testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[] };
export type Verdict = { passed: number; failed: number; other: number };

/** Pure: how the tests of a row went. A test that is named and did not run is no proof. */
export function verdict(incident: Incident, results: Results): Verdict {
  const out = { passed: 0, failed: 0, other: 0 };
  for (const { file, name } of incident.tests) {
    const ran = results.testResults.filter((r) => r.name.endsWith(`/${file}`)).flatMap((r) => r.assertionResults).filter((a) => a.fullName.trim().startsWith(name));
    if (ran.length === 0) out.other++;
    for (const a of ran) out[a.status === "passed" ? "passed" : a.status === "failed" ? "failed" : "other"]++;
  }
  return out;
}

export function word(incident: Incident, v: Verdict): string {
  if (v.failed > 0) return `**${v.failed} of ${v.passed + v.failed} failed**`;
  if (incident.tests.length === 0) return `pending: ${incident.pending ?? "no test yet"}`;
  if (v.other > 0) return `${v.passed} passed, ${v.other} did not run`;
  return `${v.passed} passed${incident.pending ? `; pending: ${incident.pending}` : ""}`;
}

/** The text of docs/immunity.md. */
export function immunity(results: Results, stamp: { date: string; commit: string }): string {
  const rows = INCIDENTS.map((i) => `| ${i.incident} | ${i.cause} | ${i.immune} | ${i.tests.map((t) => `\`${t.file}\``).join(", ") || "—"} | ${word(i, verdict(i, results))} |`);
  return `# Incidents of systems like this one, and the tests that they cannot happen here\n\nWritten by \`npm run prove -- --only immunity\` from the results of the tests, on ${stamp.date}, commit ${stamp.commit}. Nothing in the last column is typed by hand.\n\n| incident | root cause | why not here | tests | result |\n| --- | --- | --- | --- | --- |\n${rows.join("\n")}\n`;
}
