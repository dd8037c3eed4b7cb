import { notFound } from "next/navigation";
import { descriptionOf, docPages, sourceOf } from "@/components/docs/doc-pages";
import { DocView } from "@/components/docs/doc-view";
import { publicMetadata } from "@/components/site/public-metadata";

export const dynamicParams = false;
const pages = () => docPages().filter((p) => p.file && p.group !== "Decisions" && p.href !== "/docs");
export const generateStaticParams = () => pages().map(({ slug }) => ({ slug }));

type Props = { params: Promise<{ slug: string }> };
const find = async ({ params }: Props) => {
  const { slug } = await params;
  return pages().find((p) => p.slug === slug) ?? notFound();
};

export async function generateMetadata(props: Props) {
  const page = await find(props);
  return publicMetadata({ path: page.href, title: `${page.title} · Slipway`, description: descriptionOf(sourceOf(page)) });
}

export default async function DocPage(props: Props) {
  return <DocView page={await find(props)} />;
}
