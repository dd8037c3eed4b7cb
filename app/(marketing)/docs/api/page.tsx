import { ApiReferenceLoader } from "@/components/docs/api-reference-loader";
import { DocsHeader } from "@/components/docs/docs-header";
import { publicMetadata } from "@/components/site/public-metadata";

export const metadata = publicMetadata({ path: "/docs/api", title: "API reference · Slipway", description: "The REST API of this Slipway, from the document it serves." });

export default function ApiReferencePage() {
  return (
    <>
      <DocsHeader current="/docs/api" wide />
      <ApiReferenceLoader />
      <noscript><p className="p-8">The reference needs JavaScript. The same as an OpenAPI document: <a className="link" href="/api/v1/openapi.json">/api/v1/openapi.json</a>.</p></noscript>
    </>
  );
}
