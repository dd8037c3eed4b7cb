import { docRoute } from "@/components/docs/doc-route";

export const dynamicParams = false;
const { generateStaticParams, generateMetadata, Page } = docRoute((p) => p.group === "Decisions");
export { generateMetadata, generateStaticParams, Page as default };
