-- Advice that was taken, so that its saving can be followed afterwards. No relation, so that it outlives the deployment as its bill does.
CREATE TABLE "AppliedAdvice" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "deploymentId" UUID NOT NULL,
    "deploymentSlug" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "change" TEXT NOT NULL,
    "beforeUsdPerHour" DECIMAL(20,9) NOT NULL,
    "expectedMonthlySavingUsd" DECIMAL(20,9) NOT NULL,
    "generation" INTEGER NOT NULL,
    "appliedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "appliedBy" TEXT NOT NULL,
    CONSTRAINT "AppliedAdvice_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "AppliedAdvice_deploymentId_appliedAt_idx" ON "AppliedAdvice"("deploymentId", "appliedAt");
CREATE INDEX "AppliedAdvice_projectId_appliedAt_idx" ON "AppliedAdvice"("projectId", "appliedAt");

-- What happens to the deployments of an environment by themselves. NULL: nothing.
ALTER TABLE "Environment" ADD COLUMN "sleepAfterMinutes" INTEGER;
ALTER TABLE "Environment" ADD COLUMN "expireAfterDays" INTEGER;
