-- A node of a deployment that was drained on purpose, and how long it took to recover.
CREATE TABLE "Drill" (
    "id" UUID NOT NULL,
    "deploymentId" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'running',
    "progress" JSONB NOT NULL,
    "requestedById" TEXT NOT NULL,
    "requestedBy" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),
    "leaseUntil" TIMESTAMPTZ(3),
    CONSTRAINT "Drill_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Drill_deploymentId_startedAt_idx" ON "Drill"("deploymentId", "startedAt");
-- One at a time.
CREATE UNIQUE INDEX "Drill_running_key" ON "Drill"("deploymentId") WHERE "state" = 'running';
ALTER TABLE "Drill" ADD CONSTRAINT "Drill_deploymentId_fkey" FOREIGN KEY ("deploymentId") REFERENCES "Deployment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
