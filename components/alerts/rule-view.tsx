import { ruleSentence } from "@/lib/alerts/rule-sentence";
import type { RuleDto } from "@/lib/alerts/schema";
import { Panel } from "@/components/ui/panel";

/** A rule for who may not change it: its sentence. */
export function RuleView({ rule, channels }: { rule: RuleDto; channels: readonly { id: string; name: string }[] }) {
  return <Panel title="In words"><div className="grid gap-2">{ruleSentence(rule, channels.filter((c) => rule.channels.includes(c.id)).map((c) => c.name)).map((line) => <p key={line} className="text-pretty">{line}</p>)}</div></Panel>;
}
