import { docPages } from "@/components/docs/doc-pages";
import { DocView } from "@/components/docs/doc-view";
import { publicMetadata } from "@/components/site/public-metadata";

export const metadata = publicMetadata({ path: "/docs", title: "Quick start · Slipway", description: "From npm run up to a prediction by curl, what it costs, and how to clean up." });

export default function QuickStartPage() {
  return <DocView page={docPages()[0]!} />;
}
