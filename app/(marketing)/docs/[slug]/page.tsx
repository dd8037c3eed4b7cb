import { docRoute } from "@/components/docs/doc-route";

export const dynamicParams = false;
const { generateStaticParams, generateMetadata, Page } = docRoute((p) => p.file !== null && p.group !== "Decisions" && p.href !== "/docs");
export { generateMetadata, generateStaticParams, Page as default };
