-- What a cluster's metrics source said of a revision on a UTC day. No relation to either, so that the bill's lines outlive them.
CREATE TABLE "ClusterUse" (
    "deploymentId" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "projectId" UUID NOT NULL,
    "handled" DOUBLE PRECISION NOT NULL,
    "failed" DOUBLE PRECISION,
    "busySeconds" DOUBLE PRECISION,
    "p95Seconds" DOUBLE PRECISION,
    "coveredTo" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "ClusterUse_pkey" PRIMARY KEY ("deploymentId", "revision", "day")
);
CREATE INDEX "ClusterUse_projectId_day_idx" ON "ClusterUse"("projectId", "day");
