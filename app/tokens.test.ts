import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

// The colours of app/globals.css, proven: text 4.5:1, graphics 3:1, in both themes.
const css = readFileSync(path.join(import.meta.dirname, "globals.css"), "utf8");
type Theme = "light" | "dark";

function tokens(theme: Theme): Map<string, [number, number, number]> {
  const found = new Map<string, [number, number, number]>();
  for (const [, name, light, dark] of css.matchAll(/--color-([\w-]+): light-dark\((oklch\([^)]*\)), (oklch\([^)]*\))\)/g)) {
    const parts = (theme === "light" ? light! : dark!).match(/[\d.]+/g)!.map(Number);
    found.set(name!, [parts[0]!, parts[1]!, parts[2]!]);
  }
  return found;
}

/** Relative luminance (WCAG 2.2) of an OKLCH colour, by Ottosson's matrices; out-of-gamut channels are clipped as browsers do. */
function luminance([l, c, hDegrees]: [number, number, number]): number {
  const a = c * Math.cos((hDegrees * Math.PI) / 180);
  const b = c * Math.sin((hDegrees * Math.PI) / 180);
  const l3 = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m3 = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s3 = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (v: number) => Math.min(1, Math.max(0, v));
  const red = clip(4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3);
  const green = clip(-1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3);
  const blue = clip(-0.0041960863 * l3 - 0.7034186147 * m3 + 1.707614701 * s3);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(theme: Theme, front: string, back: string): number {
  const all = tokens(theme);
  const of = (name: string) => luminance(all.get(name) ?? (() => { throw new Error(`no token ${name}`); })());
  const [a, b] = [of(front), of(back)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const grounds = ["canvas", "surface", "raised", "sunken", "hover", "selected"];
const states = ["ready", "progressing", "warning", "failed", "stopped"];
const measures = ["latency", "errors", "traffic", "cost", "utilisation"];

const text: [string, string][] = [
  ...["ink", "ink-muted", "ink-faint"].flatMap((t) => grounds.map((g): [string, string] => [t, g])),
  ...[...states, "accent-text", "link"].flatMap((t) => ["canvas", "surface", "raised", "sunken"].map((g): [string, string] => [t, g])),
  ...states.flatMap((s): [string, string][] => [[s, `${s}-soft`], ["ink", `${s}-soft`], ["ink-muted", `${s}-soft`]]),
  ["accent-text", "accent-soft"], ["accent-ink", "accent"], ["accent-ink", "accent-hover"], ["danger-ink", "danger"], ["danger-ink", "danger-hover"],
];
const graphics: [string, string][] = [
  ...measures.flatMap((m) => [1, 2, 3].map((n): [string, string] => [`${m}-${n}`, "surface"])),
  ...["line-strong", "focus", "accent"].map((g): [string, string] => [g, "surface"]),
  ["focus", "canvas"],
];

describe.each<Theme>(["light", "dark"])("the %s theme", (theme) => {
  it.each(text)("reads %s on %s at 4.5:1 or better", (front, back) => {
    expect(contrast(theme, front, back)).toBeGreaterThanOrEqual(4.5);
  });
  it.each(graphics)("shows %s on %s at 3:1 or better", (front, back) => {
    expect(contrast(theme, front, back)).toBeGreaterThanOrEqual(3);
  });
  it.each(measures)("steps %s from faint to strong by at least 1.25 in contrast, so that greyscale tells them apart", (m) => {
    const steps = [1, 2, 3].map((n) => contrast(theme, `${m}-${n}`, "surface"));
    expect(steps[1]! / steps[0]!).toBeGreaterThanOrEqual(1.25);
    expect(steps[2]! / steps[1]!).toBeGreaterThanOrEqual(1.25);
  });
});
