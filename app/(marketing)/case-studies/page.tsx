import { publicMetadata } from "@/components/site/public-metadata";
import { SiteFooter } from "@/components/site/site-footer";
import { SiteHeader } from "@/components/site/site-header";
import { readingMinutes, studySource } from "@/components/studies/reading-time";
import { STUDIES } from "@/content/case-studies";

export const metadata = publicMetadata({ path: "/case-studies", title: "Case studies · Slipway", description: "Technical studies of Slipway, each with its method, its data, and the script that makes every figure again." });

export default function CaseStudiesPage() {
  return (
    <div className="mx-auto max-w-[70rem] px-5 sm:px-8">
      <SiteHeader />
      <main className="pt-10 pb-20">
        <h1 className="text-display-sm font-semibold tracking-tight sm:text-display">Case studies</h1>
        <p className="mt-3 max-w-2xl text-lg text-ink-muted text-pretty">Each with its method, its data, and the script that makes every figure again. Also as <a className="link" href="/case-studies/feed.xml">RSS</a>.</p>
        <ul className="mt-10 divide-y divide-line border-y border-line">
          {STUDIES.map((s) => (
            <li key={s.slug} className="grid gap-x-8 gap-y-1 py-7 sm:grid-cols-[9rem_minmax(0,1fr)]">
              <p className="text-ink-muted sm:pt-1"><time dateTime={s.published}>{s.published}</time><br />{readingMinutes(studySource(s.slug))} min to read</p>
              <div><h2 className="text-xl font-semibold tracking-tight sm:text-display-sm"><a className="underline-offset-4 hover:underline" href={`/case-studies/${s.slug}`}>{s.title}</a></h2><p className="mt-2 max-w-2xl text-lg text-ink-muted text-pretty">{s.summary}</p></div>
            </li>
          ))}
        </ul>
      </main>
      <SiteFooter />
    </div>
  );
}
