/** A process's measures as Prometheus reads them, and the labels that tell it apart. */
export type Exposed = { labels: Record<string, string>; text: string };

type Family = { head: string[]; samples: string[] };

/**
 * Several processes' measures as one exposition: each family once, its samples told apart by the labels. Families must not be split, so texts
 * cannot simply be put after one another. Pure. A line that is no sample is left out.
 */
export function mergeExposition(all: readonly Exposed[]): string {
  const families = new Map<string, Family>();
  for (const { labels, text } of all) {
    const added = Object.entries(labels).map(([k, v]) => `${k}=${JSON.stringify(v)}`).join(",");
    let family: Family | undefined;
    let started = "";
    for (const line of text.split("\n")) {
      const head = /^# (HELP|TYPE) (\S+)/.exec(line);
      if (head) {
        const name = head[2]!;
        if (name !== started) {
          started = name;
          family = families.get(name);
          if (!family) families.set(name, (family = { head: [], samples: [] }));
        }
        if (family!.samples.length === 0 && !family!.head.includes(line)) family!.head.push(line);
        continue;
      }
      const sample = /^([A-Za-z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line);
      if (sample && family) family.samples.push(`${sample[1]}{${[added, sample[2]].filter(Boolean).join(",")}} ${sample[3]}`);
    }
  }
  return `${[...families.values()].flatMap((f) => [...f.head, ...f.samples]).join("\n")}\n`;
}
