import fs from "node:fs";
import { parser } from "@prometheus-io/lezer-promql";
import { expect, it } from "vitest";
import { parse } from "yaml";

const doc = fs.readFileSync("docs/operations.md", "utf8");

it("the alerts that operations.md gives are PromQL, and are about series that its table names", () => {
  const blocks = [...doc.matchAll(/```yaml\n([\s\S]*?)```/g)].map((m) => parse(m[1]!) as { groups?: { rules: { alert: string; expr: string }[] }[] });
  const rules = blocks.flatMap((b) => b.groups?.flatMap((g) => g.rules) ?? []);
  expect(rules.length).toBeGreaterThan(5);
  const table = doc.slice(doc.indexOf("| series |"), doc.indexOf("Scraping it"));
  for (const { alert, expr } of rules) {
    parser.parse(expr).iterate({ enter: (node) => expect(node.type.isError, `${alert}: ${expr}`).toBe(false) });
    for (const [series] of expr.matchAll(/slipway_\w+/g)) expect(table, alert).toContain(series.replace(/_(count|bucket|sum)$/, ""));
  }
});
