import type { Fit } from "@/lib/profiles/fit";
import type { Profile } from "@/lib/profiles/schema";

/** The profile to begin with on a target: the first that fits, then one that is tight, then one of which it is not known. null where none would do. */
export function chooseProfile(profiles: readonly Profile[], fits: ReadonlyMap<string, Fit>, wish?: string): string | null {
  if (wish && profiles.some((p) => p.slug === wish)) return wish;
  const first = (verdict: Fit["verdict"]) => profiles.find((p) => fits.get(p.slug)?.verdict === verdict)?.slug;
  return first("fits") ?? first("tight") ?? first("unknown") ?? null;
}

/** A name that no deployment of the project has: the model's own, or with a number behind it. At most 40 characters. */
export function freeName(model: string, taken: ReadonlySet<string>): string {
  if (!taken.has(model)) return model;
  for (let n = 2; ; n++) {
    const end = `-${n}`;
    const name = `${model.slice(0, 40 - end.length).replace(/-+$/, "")}${end}`;
    if (!taken.has(name)) return name;
  }
}
