-- What happens when a deployment would take its environment over its monthly budget.
CREATE TYPE "OverBudget" AS ENUM ('allow', 'ask', 'block');
ALTER TABLE "Environment" ADD COLUMN "overBudget" "OverBudget" NOT NULL DEFAULT 'ask';

-- The bill outlives the deployment, so the ledger names the environment itself.
ALTER TABLE "ReplicaInterval" ADD COLUMN "environmentId" UUID;
UPDATE "ReplicaInterval" i SET "environmentId" = d."environmentId" FROM "Deployment" d WHERE d.id = i."deploymentId";
CREATE INDEX "ReplicaInterval_environmentId_startedAt_idx" ON "ReplicaInterval"("environmentId", "startedAt");

CREATE TYPE "ApprovalState" AS ENUM ('waiting', 'approved', 'declined', 'withdrawn');
CREATE TABLE "Approval" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "environmentId" UUID NOT NULL,
    "deploymentSlug" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "generation" INTEGER,
    "gate" JSONB NOT NULL,
    "state" "ApprovalState" NOT NULL DEFAULT 'waiting',
    "requestedById" TEXT NOT NULL,
    "requestedBy" TEXT NOT NULL,
    "requestedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedById" TEXT,
    "decidedBy" TEXT,
    "decidedAt" TIMESTAMP(3),
    "note" TEXT,
    "notifiedAt" TIMESTAMP(3),
    CONSTRAINT "Approval_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Approval_projectId_state_requestedAt_idx" ON "Approval"("projectId", "state", "requestedAt");
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One row an environment, month and threshold passed: what keeps an alert from being sent twice.
CREATE TABLE "BudgetAlert" (
    "environmentId" UUID NOT NULL,
    "month" TEXT NOT NULL,
    "thresholdPercent" INTEGER NOT NULL,
    "budgetUsd" DECIMAL(12,2) NOT NULL,
    "spentUsd" DECIMAL(18,6) NOT NULL,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "notifiedAt" TIMESTAMP(3),
    CONSTRAINT "BudgetAlert_pkey" PRIMARY KEY ("environmentId", "month", "thresholdPercent")
);
ALTER TABLE "BudgetAlert" ADD CONSTRAINT "BudgetAlert_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
