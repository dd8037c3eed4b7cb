import { Notice } from "@/components/ui/notice";
import type { BudgetCheck } from "@/lib/budgets/check-budget";

/** What the budget and the approval rule say, before the click. Nothing where they have nothing to say. */
export function GateNotice({ gate }: { gate: BudgetCheck | undefined }) {
  if (!gate || gate.reasons.length === 0) return null;
  const title = gate.decision === "block" ? "Over the budget" : gate.decision === "allow" ? "Close to the budget" : gate.mayApprove ? "Deploying it is your approval" : "It will wait for approval";
  return <Notice state={gate.decision === "block" ? "failed" : "warning"} title={title}>{gate.reasons.map((r) => <p key={r} className="text-sm">{r}</p>)}</Notice>;
}
