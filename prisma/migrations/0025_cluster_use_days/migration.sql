-- Days of which a cluster's metrics source was asked, also those that it had nothing of: they are not asked for again and again.
CREATE TABLE "ClusterUseDay" (
    "targetId" UUID NOT NULL,
    "day" DATE NOT NULL,
    "coveredTo" TIMESTAMPTZ(3) NOT NULL,
    "found" INTEGER NOT NULL,
    CONSTRAINT "ClusterUseDay_pkey" PRIMARY KEY ("targetId", "day"),
    CONSTRAINT "ClusterUseDay_targetId_fkey" FOREIGN KEY ("targetId") REFERENCES "TargetMetricsSource"("targetId") ON DELETE CASCADE ON UPDATE CASCADE
);
