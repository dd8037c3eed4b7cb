import { Wordmark } from "@/components/brand/wordmark";

const COLUMNS = [
  ["Product", [["/calculator", "Calculator"], ["/case-studies", "Case studies"], ["/#plans", "Plans"], ["/contact", "Contact"]]],
  ["Documentation", [["/docs", "Quick start"], ["/docs/connect-eks", "Connect EKS"], ["/docs/cost-model", "Cost model"], ["/docs/api", "API reference"]]],
  ["Evidence", [["/docs/benchmarks", "Benchmarks"], ["/docs/proofs", "Proofs"], ["/docs/security", "Security"], ["/case-studies/feed.xml", "RSS"]]],
] as const;

/** The foot of the public pages. */
export function SiteFooter() {
  return (
    <footer className="grid gap-8 border-t border-line py-10 sm:grid-cols-[1.4fr_repeat(3,1fr)]">
      <div className="grid content-start gap-2"><Wordmark /><p className="text-ink-muted">Apache-2.0. It runs on your machines and asks nobody else for anything.</p></div>
      {COLUMNS.map(([title, links]) => (
        <div key={title}>
          <h2 className="font-semibold">{title}</h2>
          <ul className="mt-2 grid gap-1.5">{links.map(([href, label]) => <li key={href}><a href={href} className="text-ink-muted underline-offset-3 hover:text-ink hover:underline">{label}</a></li>)}</ul>
        </div>
      ))}
    </footer>
  );
}
