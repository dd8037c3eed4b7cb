import { notFound } from "next/navigation";
import { descriptionOf, docPages, sourceOf, type DocPage } from "@/components/docs/doc-pages";
import { DocView } from "@/components/docs/doc-view";
import { publicMetadata } from "@/components/site/public-metadata";

type Props = { params: Promise<{ slug: string }> };

/** What a route of documents is made of: those for which `belongs` holds, one an address, all known when the site is built. */
export function docRoute(belongs: (page: DocPage) => boolean) {
  const pages = () => docPages().filter(belongs);
  const find = async ({ params }: Props) => {
    const { slug } = await params;
    return pages().find((p) => p.slug === slug) ?? notFound();
  };
  return {
    generateStaticParams: () => pages().map(({ slug }) => ({ slug })),
    generateMetadata: async (props: Props) => {
      const page = await find(props);
      return publicMetadata({ path: page.href, title: `${page.title} · Slipway`, description: descriptionOf(sourceOf(page)) });
    },
    Page: async (props: Props) => <DocView page={await find(props)} />,
  };
}
