import { CodeBlock } from "@/components/ui/code-block";
import { Panel } from "@/components/ui/panel";
import { FIRST_CLUSTER } from "@/components/targets/first-cluster-commands";

/** Your first cluster in ten minutes: commands to copy, for whoever has none. The same as docs/first-cluster.md. */
export function FirstCluster() {
  return (
    <Panel title="Your first cluster in ten minutes" description="On your own machine, with Docker. Run these, then paste what the last one prints.">
      <ol className="grid min-w-0 gap-4">
        {FIRST_CLUSTER.map((step, i) => (
          <li key={step.title} className="grid min-w-0 gap-1.5"><h3 className="text-sm font-medium">{i + 1}. {step.title}</h3><CodeBlock code={step.samples} wrap /></li>
        ))}
      </ol>
    </Panel>
  );
}
