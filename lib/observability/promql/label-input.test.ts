import { parser } from "@prometheus-io/lezer-promql";
import fc from "fast-check";
import { expect, it } from "vitest";
import { proofCount, proofTimeIsUp, reportProof } from "@/e2e/report-proof";
import { podsOf } from "./plan-queries";
import { literally, quoted } from "./promql";

// CI takes a sample, `npm run prove -- --only promql` the full count.
const INPUTS = proofCount("PROVE_PROMQL", 2000);
const SEED = Number(process.env.PROVE_SEED ?? 20261127);
const BATCH = 1000;

/** Text as somebody hostile would name a thing: what ends strings, matchers and expressions, among anything else. */
const unit = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('"', "\\", "`", "'", "{", "}", ",", "=", "~", "!", "(", ")", "[", "]", "|", ".", "*", "+", "?", "^", "$", "#", "\n", "\r", "\t", "\u0000", "\u007f", "\u2028", "\\x22", '"} or up{a="', "é", "模", "𝒳") }, { weight: 2, arbitrary: fc.string({ minLength: 1, maxLength: 3, unit: "binary" }) });
const text = fc.array(unit, { minLength: 1, maxLength: 12 }).map((parts) => parts.join("").toWellFormed());

/** A string of PromQL as Prometheus reads it: by the rules of Go, which has no escape of `/` and takes no half of a surrogate pair. */
function unquoted(literal: string): string {
  expect(literal).toMatch(/^"(?:[^"\\\n]|\\(?:[abfnrtv\\"]|u(?!d[89a-f])[0-9a-f]{4}))*"$/iu);
  return JSON.parse(literal) as string;
}

/** Matchers of the one selector, as Prometheus' own grammar reads them; its error marks, where it stumbles. */
function read(expression: string): { strings: string[]; names: Record<string, number> } {
  const found = { strings: [] as string[], names: {} as Record<string, number> };
  parser.parse(expression).iterate({ enter: (node) => {
    found.names[node.type.isError ? "error" : node.name] = (found.names[node.type.isError ? "error" : node.name] ?? 0) + 1;
    if (node.name === "StringLiteral") found.strings.push(expression.slice(node.from, node.to));
  } });
  return found;
}

const shapeOf = (expression: string) => read(expression).names;
const plain = shapeOf(`sum(rate(m{${podsOf("a", "b", null)}}[2m]))`);

function check(namespace: string, name: string): void {
  const expression = `sum(rate(m{${podsOf(namespace, name, null)}}[2m]))`;
  const found = read(expression);
  // The same parts as with plain names: nothing became syntax.
  if (JSON.stringify(found.names) !== JSON.stringify(plain)) expect({ expression, ...found.names }).toEqual({ expression, ...plain });
  const [first, second] = found.strings.map(unquoted);
  expect(first).toBe(namespace);
  expect(second).toBe(`${literally(name)}-r[0-9]+-.+`);
  expect(new RegExp(`^(?:${literally(name)})$`, "su").test(name)).toBe(true);
}

it(`of ${INPUTS} hostile names none becomes syntax of a query: each is read back as itself, by Prometheus' own grammar`, { timeout: 3_600_000 }, () => {
  expect([plain.error, plain.StringLiteral]).toEqual([undefined, 2]);
  const began = Date.now();
  let done = 0;
  for (let batch = 0; done < INPUTS && !proofTimeIsUp(began); batch++) {
    const numRuns = Math.min(BATCH, INPUTS - done);
    fc.assert(fc.property(text, text, check), { numRuns, seed: SEED + batch });
    done += numRuns;
  }
  reportProof(`${done} pairs of hostile names, seed ${SEED}`);
});

it("a name that is put in without quoting is noticed", () => {
  expect(shapeOf(`sum(rate(m{namespace="${'a"} or up{b="'}",pod=~"x"}[2m]))`)).not.toEqual(plain);
  expect(quoted('a"b\\c')).toBe('"a\\"b\\\\c"');
});
