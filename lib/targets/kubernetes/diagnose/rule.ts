import type { Cause, Evidence } from "@/lib/deployments/diagnosis";
import type { DiagnosisInput } from "./input";

/** Says what is wrong, or null when this is not it. Pure. */
export type Rule = (input: DiagnosisInput) => Cause | null;

const MOST_EVIDENCE = 5;

export const cause = (code: string, text: string, fix: string, evidence: Evidence[]): Cause => ({ code, cause: text, fix, evidence: evidence.filter((e, n) => evidence.findIndex((o) => o.object === e.object && o.source === e.source && o.text === e.text) === n).slice(0, MOST_EVIDENCE) });

type Words = string | ((found: RegExpExecArray) => string);

/** A rule over lines of text: the first that matches is the first evidence, others that match follow. */
export function textRule(code: string, lines: (input: DiagnosisInput) => Evidence[], pattern: RegExp, text: Words, fix: Words): Rule {
  return (input) => {
    const all = lines(input);
    const first = all.find((l) => pattern.test(l.text));
    const found = first && pattern.exec(first.text);
    if (!first || !found) return null;
    const say = (w: Words) => (typeof w === "string" ? w : w(found));
    return cause(code, say(text), say(fix), [first, ...all.filter((l) => l !== first && pattern.test(l.text))]);
  };
}
