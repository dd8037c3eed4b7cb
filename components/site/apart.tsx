const ITEMS = [
  ["The bill, before you deploy", "Low, likely and high for a month, and per 1,000 predictions, from declared traffic, scaling and spot mix. Each figure with its source and age.", "/docs/cost-model#forecast-forecastts"],
  ["A verdict on spot", "The interruption band held against how long this model takes to start, and how many replicas to keep on demand.", "/case-studies/spot-or-on-demand"],
  ["Will it fit", "Memory needed, read from the files’ own headers, against accelerator, host and disk.", "/docs/cost-model#will-it-fit-libprofilesfitts"],
  ["Cost beside p99", "Cost per 1,000 predictions on the same axis as latency, errors and use. What idles is counted apart.", "/docs/cost-model#measured-cost-price-replica-timets"],
  ["Why is it pending", "Pod, Karpenter, NodeClaim and quota led back to one cause and one fix, in the cluster’s own words. “Unknown” where no rule matches.", "/docs/kubernetes"],
  ["Roll back with open eyes", "Field by field what changes, and what it does to image, files and the month’s cost, before the click.", "/docs/concepts"],
  ["A gate on the forecast", "An environment’s budget allows, asks or blocks, on the page and in the API alike.", "/docs/cost-model#budget-gate-libbudgetsgatets"],
  ["And on AWS?", "After a few predictions on one machine: what this model would cost on each GPU it fits, from the measured milliseconds, labelled as an extrapolation.", "/docs/cost-model#and-on-aws-extrapolatets"],
] as const;

/** What sets Slipway apart, each with where it is written down. */
export function Apart() {
  return (
    <ul className="mt-8 grid gap-px overflow-hidden rounded-xl border border-line bg-line sm:grid-cols-2 lg:grid-cols-4">
      {ITEMS.map(([title, text, href]) => (
        <li key={title} className="flex flex-col bg-surface p-5">
          <h3 className="text-lg font-semibold">{title}</h3>
          <p className="mt-1.5 grow text-ink-muted text-pretty">{text}</p>
          <a className="link mt-3 self-start" href={href}>How it is made<span className="sr-only">: {title}</span></a>
        </li>
      ))}
    </ul>
  );
}
