-- Where the measured cost of a cluster's deployments is asked: Kubecost or OpenCost. What signs in is sealed.
CREATE TABLE "TargetCostSource" (
    "targetId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "headerName" TEXT,
    "header" BYTEA,
    "health" JSONB,
    "checkedAt" TIMESTAMPTZ(3),
    "fetchedUntil" DATE,
    "fetchedAt" TIMESTAMPTZ(3),
    "fetchError" TEXT,
    "nextFetchAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "notes" JSONB NOT NULL DEFAULT '[]',
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "TargetCostSource_pkey" PRIMARY KEY ("targetId")
);
ALTER TABLE "TargetCostSource" ADD CONSTRAINT "TargetCostSource_targetId_fkey" FOREIGN KEY ("targetId") REFERENCES "Target"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What it said: a row a UTC day and subject, which is a deployment's id, 'idle' or 'other'. No relation to either, so that the bill outlives them.
CREATE TABLE "CostAllocation" (
    "targetId" UUID NOT NULL,
    "targetSlug" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "subject" TEXT NOT NULL,
    "deploymentId" UUID,
    "projectId" UUID,
    "source" TEXT NOT NULL,
    "totalUsd" DECIMAL(20,9),
    "cpuUsd" DECIMAL(20,9),
    "memoryUsd" DECIMAL(20,9),
    "gpuUsd" DECIMAL(20,9),
    "networkUsd" DECIMAL(20,9),
    "storageUsd" DECIMAL(20,9),
    "loadBalancerUsd" DECIMAL(20,9),
    "idleUsd" DECIMAL(20,9),
    "sharedUsd" DECIMAL(20,9),
    "cpuCoreHours" DOUBLE PRECISION,
    "cpuCoreHoursUsed" DOUBLE PRECISION,
    "gpuHours" DOUBLE PRECISION,
    "gpuHoursUsed" DOUBLE PRECISION,
    "coveredTo" TIMESTAMPTZ(3) NOT NULL,
    "estimate" BOOLEAN NOT NULL,
    "fetchedAt" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "CostAllocation_pkey" PRIMARY KEY ("targetId", "day", "subject")
);
CREATE INDEX "CostAllocation_projectId_day_idx" ON "CostAllocation"("projectId", "day");
CREATE INDEX "CostAllocation_deploymentId_day_idx" ON "CostAllocation"("deploymentId", "day");
