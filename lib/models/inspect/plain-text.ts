const CONTROL_OR_BIDI = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Text out of a file, made fit for a finding or a fact: no control or direction characters, at most `max` characters. */
export function plainText(value: string, max = 120): string {
  const clean = value.replace(CONTROL_OR_BIDI, "\ufffd");
  return clean.length > max ? `${clean.slice(0, max - 1)}…` : clean;
}
