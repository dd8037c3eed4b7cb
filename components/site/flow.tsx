const STEPS = [
  ["Upload", "A file or a folder, resumable. Hashed while it is written; its headers are read, it is never run."],
  ["Choose", "The profiles it fits, each with price, spot risk and a forecast of the month."],
  ["Deploy", "New replicas turn ready and take over; the old ones drain. Roll back to any revision."],
  ["Measure", "Requests, p50, p95, p99, errors by cause, CPU, memory and queue on one time axis."],
  ["Cost", "By the day and per 1,000 predictions, beside p99. Idle cost apart from used."],
] as const;

/** From upload to cost: the steps stand lower one by one, as on the way down to the water. */
export function Flow() {
  return (
    <ol className="mt-8 grid gap-4 lg:grid-cols-5 lg:gap-0">
      {STEPS.map(([title, text], i) => (
        <li key={title} className={`relative flex gap-4 lg:block lg:pr-5 ${OFFSETS[i]}`}>
          <span aria-hidden className="absolute inset-x-0 top-0 hidden origin-left border-t-4 border-ink lg:block lg:rotate-[7deg] lg:scale-x-[1.008]" />
          <span className={`figure grid size-9 shrink-0 place-items-center rounded-full border-2 bg-canvas text-lg font-semibold lg:relative lg:-translate-y-4 ${i === 4 ? "border-accent text-accent-text" : "border-ink"}`}>{i + 1}</span>
          <div className="lg:mt-6"><h3 className="text-xl font-semibold">{title}</h3><p className="mt-1 text-ink-muted text-pretty">{text}</p></div>
        </li>
      ))}
    </ol>
  );
}
// 7 degrees over a fifth of the page's width, at the width where the steps stand side by side.
const OFFSETS = ["", "lg:mt-[calc(min(100vw-4rem,66rem)*0.02456)]", "lg:mt-[calc(min(100vw-4rem,66rem)*0.04912)]", "lg:mt-[calc(min(100vw-4rem,66rem)*0.07368)]", "lg:mt-[calc(min(100vw-4rem,66rem)*0.09824)]"];
