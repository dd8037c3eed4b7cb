import { notFound } from "next/navigation";
import type { ComponentType } from "react";
import type { MDXProps } from "mdx/types";
import { headingsOf } from "@/components/docs/headings";
import { proseComponents } from "@/components/docs/prose";
import { publicMetadata } from "@/components/site/public-metadata";
import { SiteFooter } from "@/components/site/site-footer";
import { SiteHeader } from "@/components/site/site-header";
import { StructuredData } from "@/components/site/structured-data";
import { readingMinutes, studySource } from "@/components/studies/reading-time";
import { STUDIES } from "@/content/case-studies";

export const dynamicParams = false;
export const generateStaticParams = () => STUDIES.map(({ slug }) => ({ slug }));

type Props = { params: Promise<{ slug: string }> };
const find = async ({ params }: Props) => {
  const { slug } = await params;
  return STUDIES.find((s) => s.slug === slug) ?? notFound();
};

export async function generateMetadata(props: Props) {
  const study = await find(props);
  return publicMetadata({ path: `/case-studies/${study.slug}`, title: `${study.title} · Slipway`, description: study.summary, published: study.published });
}

export default async function StudyPage(props: Props) {
  const study = await find(props);
  const { default: Text } = (await import(`@/content/case-studies/${study.slug}.mdx`)) as { default: ComponentType<MDXProps> };
  const source = studySource(study.slug);
  const related = study.related.flatMap((slug) => STUDIES.filter((s) => s.slug === slug));
  return (
    <div className="mx-auto max-w-[70rem] px-5 sm:px-8">
      <SiteHeader />
      <main className="grid gap-x-14 pt-10 pb-20 lg:grid-cols-[minmax(0,1fr)_14rem]">
        <header className="lg:col-span-2">
          <p className="text-ink-muted"><a className="link" href="/case-studies">Case studies</a> · <time dateTime={study.published}>{study.published}</time> · {readingMinutes(source)} min to read</p>
          <h1 className="mt-3 max-w-4xl text-display font-semibold tracking-tight text-balance sm:text-display-lg">{study.title}</h1>
        </header>
        <article className="mt-4 min-w-0 text-lg"><Text components={proseComponents("study.md")} /></article>
        <nav aria-label="Contents" className="mt-10 hidden lg:block"><div className="sticky top-6"><p className="font-semibold">Contents</p><ul className="mt-1.5 grid gap-1.5">{headingsOf(source).map((h) => <li key={h.id}><a href={`#${h.id}`} className="text-ink-muted hover:text-ink">{h.text}</a></li>)}</ul></div></nav>
        <section aria-labelledby="related" className="mt-16 border-t border-line pt-6 lg:col-span-2">
          <h2 id="related" className="text-lg font-semibold">Related</h2>
          <ul className="mt-4 grid gap-4 sm:grid-cols-2">{related.map((r) => <li key={r.slug}><a href={`/case-studies/${r.slug}`} className="panel block h-full p-5 hover:bg-hover"><span className="text-lg font-semibold">{r.title}</span><span className="mt-1 block text-ink-muted">{r.summary}</span></a></li>)}</ul>
        </section>
      </main>
      <SiteFooter />
      <StructuredData data={{ "@type": "TechArticle", headline: study.title, description: study.summary, datePublished: study.published, author: { "@type": "Organization", name: "Slipway" } }} />
    </div>
  );
}
