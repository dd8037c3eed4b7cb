-- Where the measures of a cluster come from. What signs in is sealed.
CREATE TABLE "TargetMetricsSource" (
    "targetId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "config" JSONB NOT NULL,
    "credentials" BYTEA,
    "health" JSONB,
    "checkedAt" TIMESTAMP(3),
    "updatedAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "TargetMetricsSource_pkey" PRIMARY KEY ("targetId")
);
ALTER TABLE "TargetMetricsSource" ADD CONSTRAINT "TargetMetricsSource_targetId_fkey" FOREIGN KEY ("targetId") REFERENCES "Target"("id") ON DELETE CASCADE ON UPDATE CASCADE;
