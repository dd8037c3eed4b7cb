/** A block of structured data (schema.org). Browsers do not run it; `<` is written so that no text can end the block. */
export function StructuredData({ data }: { data: object }) {
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: JSON.stringify({ "@context": "https://schema.org", ...data }).replaceAll("<", "\\u003c") }} />;
}
