import type { Gate } from "@/lib/budgets/gate";
import { AppError } from "@/lib/errors";

/** Thrown inside a change's transaction, so that nothing of it stays. The API turns it into a request for approval (lib/approvals). */
export class ApprovalNeeded extends AppError {
  constructor(readonly gate: Gate, readonly environmentId: string, readonly generation: number | null) {
    super("approval_required", `${gate.reasons.join(" ")} Ask a platform person or an owner.`);
    this.name = "ApprovalNeeded";
  }
}
