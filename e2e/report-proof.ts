import fs from "node:fs";

/** Tells `npm run prove` what a suite really counted, one line a fact; without it, nothing. No `|`, which would end a table's cell. */
export function reportProof(fact: string): void {
  const file = process.env.PROVE_REPORT;
  if (file) fs.appendFileSync(file, `${fact.replaceAll("|", "/")}\n`);
}

/** The count a suite is to run: from `npm run prove`, or its sample for CI. */
export function proofCount(variable: string, sample: number): number {
  const value = Number(process.env[variable] ?? sample);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${variable} must be a whole number from 1`);
  return value;
}

/** Says when the time a run was given (PROVE_MINUTES) is used up; without it, never. What was done by then is what is reported. */
export function proofTimeIsUp(began: number): boolean {
  const minutes = Number(process.env.PROVE_MINUTES ?? Infinity);
  if (!(minutes > 0)) throw new Error("PROVE_MINUTES must be a number of minutes above 0");
  return Date.now() - began > minutes * 60_000;
}
