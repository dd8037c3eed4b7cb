"use client";
import { useWatch, type Control } from "react-hook-form";
import type { RuleValues } from "@/components/alerts/rule-values";
import { NowIf } from "@/components/alerts/now-if";
import { Panel } from "@/components/ui/panel";
import { ruleSentence } from "@/lib/alerts/rule-sentence";
import { createRuleSchema, type ChannelDto } from "@/lib/alerts/schema";

/** The rule as a sentence, while it is written: what the evaluation will do, in words. */
export function RulePreview({ project, control, channels }: { project: string; control: Control<RuleValues, unknown, unknown>; channels: readonly ChannelDto[] }) {
  const values = useWatch({ control });
  // The name does not change what it does: it may still be missing.
  const parsed = createRuleSchema.safeParse({ ...values, name: "preview" });
  return (
    <Panel title="In words">
      <div aria-live="polite" className="grid gap-2">
        {parsed.success ? ruleSentence(parsed.data, channels.filter((c) => parsed.data.channels.includes(c.id)).map((c) => c.name)).map((line, i) => <p key={i} className={i === 0 ? "text-pretty text-ink" : "text-pretty text-ink-muted"}>{line}</p>)
          : <p className="text-ink-muted">Fill the limits in, and the rule is written out here.</p>}
      </div>
      {parsed.success ? <NowIf project={project} condition={parsed.data.condition} deployment={parsed.data.deployment} /> : null}
    </Panel>
  );
}
