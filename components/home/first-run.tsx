import { FolderPlus, Upload } from "lucide-react";
import Link from "next/link";
import { CodeBlock } from "@/components/ui/code-block";
import { buttonClass } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { newProjectHref } from "@/lib/api-client/hrefs";
import { DeploySampleButton } from "./deploy-sample-button";

const steps = [
  ["A model", "Iris: which species a flower is, from four measurements. 15 parameters, trained in this repository; right for 28 of 30 flowers it never saw."],
  ["A deployment", "One replica on this machine, on the smallest profile. Its page shows each step with its seconds."],
  ["A prediction", "The page has a form made from the model's signature. Send it, and see where the milliseconds went and what they cost."],
] as const;

/** Nothing runs yet: the shortest way to a first prediction, and the way with a model of one's own. */
export function FirstRun({ project, baseUrl, uploadHref }: { project: string | null; baseUrl: string; uploadHref: string | null }) {
  return (
    <div className="grid gap-5 lg:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)]">
      <section aria-labelledby="first-run" className="panel grid content-start gap-5 p-5 sm:p-7">
        <div className="grid gap-1.5">
          <h2 id="first-run" className="text-xl font-semibold tracking-tight text-balance">Your first prediction, in about half a minute</h2>
          <p className="max-w-prose text-ink-muted text-pretty">The sample is a real model and takes the same way as yours will: stored and hashed, its header read, deployed as revision 1, measured and costed.{project === null ? " A project named demo is created for it." : ""}</p>
        </div>
        <ol className="grid gap-4 sm:grid-cols-3">
          {steps.map(([title, text], i) => (
            <li key={title} className="border-t-2 border-line-strong pt-2.5">
              <h3 className="font-semibold"><span className="figure mr-1.5 text-accent-text">{i + 1}</span>{title}</h3>
              <p className="mt-1 text-sm text-ink-muted text-pretty">{text}</p>
            </li>
          ))}
        </ol>
        <DeploySampleButton project={project} />
      </section>
      <Panel title="Or bring your own" description="ONNX runs on this machine; safetensors, GGUF and others are read and kept, and run on a cluster." actions={uploadHref ? <Link href={uploadHref} className={buttonClass({ size: "sm" })}><Upload aria-hidden />Upload a model</Link> : <Link href={newProjectHref} className={buttonClass({ size: "sm" })}><FolderPlus aria-hidden />Create a project</Link>}>
        <p className="mb-2 text-sm text-ink-muted">The same by API, with a token from <Link className="link" href="/app/settings/tokens">Settings, API tokens</Link>:</p>
        <CodeBlock title="upload a version" code={curlUpload(baseUrl, project)} />
      </Panel>
    </div>
  );
}

const curlUpload = (baseUrl: string, project: string | null) => `${project ? "" : `curl -H "Authorization: Bearer $SLIPWAY_TOKEN" \\
  --json '{"name":"demo"}' ${baseUrl}/api/v1/projects

`}curl -H "Authorization: Bearer $SLIPWAY_TOKEN" \\
  --json '{"name":"mine"}' \\
  ${baseUrl}/api/v1/projects/${project ?? "demo"}/models

curl -H "Authorization: Bearer $SLIPWAY_TOKEN" \\
  --data-binary @model.onnx -H "Content-Type: application/octet-stream" \\
  "${baseUrl}/api/v1/projects/${project ?? "demo"}/models/mine/versions?filename=model.onnx"`;
