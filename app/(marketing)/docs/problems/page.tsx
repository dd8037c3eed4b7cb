import { DocsHeader } from "@/components/docs/docs-header";
import { InlineCode } from "@/components/docs/inline-code";
import { PROBLEM_WORDS } from "@/components/docs/problem-words";
import { publicMetadata } from "@/components/site/public-metadata";
import { STATUS_BY_CODE, type ErrorCode } from "@/lib/errors";

export const metadata = publicMetadata({ path: "/docs/problems", title: "Problems · Slipway", description: "Every error code of the REST API: what it means and what to do." });

const example = `HTTP/1.1 412 Precondition Failed
Content-Type: application/problem+json

{
  "type": "/docs/problems#precondition_failed",
  "title": "It changed in the meantime",
  "status": 412,
  "code": "precondition_failed",
  "detail": "…",
  "requestId": "…"
}`;

/** Where the `type` of each problem document leads. */
export default function ProblemsPage() {
  return (
    <>
      <DocsHeader current="/docs" />
      <main className="mx-auto grid max-w-[82rem] gap-8 px-5 py-10 sm:px-8">
        <div className="grid gap-6 lg:grid-cols-[1fr_1fr]">
          <div className="grid content-start gap-3">
            <h1 className="text-display-sm font-semibold tracking-tight">Problems</h1>
            <p className="max-w-prose text-ink-muted text-pretty">Every error of the REST API is a problem document (RFC 9457). Programs decide by <code>code</code>, which never changes its meaning; people read <code>detail</code>. <code>requestId</code> is also in the header <code>X-Request-Id</code> and in the log. Where waiting helps, <code>Retry-After</code> says how long.</p>
          </div>
          <pre tabIndex={0} aria-label="An example" className="panel overflow-x-auto bg-sunken p-4 text-sm"><code>{example}</code></pre>
        </div>
        <dl className="panel divide-y divide-line">
          {(Object.keys(STATUS_BY_CODE) as ErrorCode[]).map((code) => (
            <div key={code} id={code} className="grid scroll-mt-4 gap-x-6 gap-y-1 px-4 py-4 target:bg-accent-soft sm:grid-cols-[15rem_1fr]">
              <dt className="flex flex-wrap items-baseline gap-x-3 sm:grid sm:content-start sm:gap-0.5">
                <a href={`#${code}`} className="font-mono font-medium underline-offset-3 hover:underline">{code}</a>
                <span className="text-sm text-ink-muted">HTTP <span className="figure">{STATUS_BY_CODE[code]}</span></span>
              </dt>
              <dd className="grid max-w-prose gap-1"><p><InlineCode text={PROBLEM_WORDS[code].meaning} /></p><p className="text-ink-muted"><InlineCode text={PROBLEM_WORDS[code].remedy} /></p></dd>
            </div>
          ))}
        </dl>
      </main>
    </>
  );
}
