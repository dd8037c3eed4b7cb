-- Rules, where they stand, what fired, silences, and messages on their way.
CREATE TABLE "AlertRule" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "deploymentId" UUID,
    "name" TEXT NOT NULL,
    "condition" JSONB NOT NULL,
    "severity" TEXT NOT NULL,
    "forSeconds" INTEGER NOT NULL,
    "resolveSeconds" INTEGER NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "channelIds" UUID[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "evaluatedPeriod" BIGINT NOT NULL DEFAULT 0,
    "evaluatedAt" TIMESTAMPTZ(3),
    "createdById" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "AlertRule_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "AlertRule_projectId_name_key" ON "AlertRule"("projectId", "name");
ALTER TABLE "AlertRule" ADD CONSTRAINT "AlertRule_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "AlertRule" ADD CONSTRAINT "AlertRule_deploymentId_fkey" FOREIGN KEY ("deploymentId") REFERENCES "Deployment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "AlertState" (
    "ruleId" UUID NOT NULL,
    "subjectId" UUID NOT NULL,
    "phase" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "clearSince" TIMESTAMPTZ(3),
    "noData" TEXT,
    "value" DOUBLE PRECISION,
    "text" TEXT NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "AlertState_pkey" PRIMARY KEY ("ruleId", "subjectId")
);
ALTER TABLE "AlertState" ADD CONSTRAINT "AlertState_ruleId_fkey" FOREIGN KEY ("ruleId") REFERENCES "AlertRule"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "AlertIncident" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "ruleId" UUID,
    "subjectId" UUID NOT NULL,
    "ruleName" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "deployment" TEXT,
    "severity" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "firedAt" TIMESTAMPTZ(3) NOT NULL,
    "resolvedAt" TIMESTAMPTZ(3),
    "resolution" TEXT,
    CONSTRAINT "AlertIncident_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "AlertIncident_projectId_id_idx" ON "AlertIncident"("projectId", "id");
CREATE INDEX "AlertIncident_ruleId_subjectId_idx" ON "AlertIncident"("ruleId", "subjectId");
-- A rule fires once at a time for a subject, whoever evaluates it.
CREATE UNIQUE INDEX "AlertIncident_open_key" ON "AlertIncident"("ruleId", "subjectId") WHERE "resolvedAt" IS NULL;
ALTER TABLE "AlertIncident" ADD CONSTRAINT "AlertIncident_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "AlertIncident" ADD CONSTRAINT "AlertIncident_ruleId_fkey" FOREIGN KEY ("ruleId") REFERENCES "AlertRule"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE TABLE "AlertSilence" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "ruleId" UUID,
    "deploymentId" UUID,
    "reason" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "createdBy" TEXT NOT NULL,
    CONSTRAINT "AlertSilence_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "AlertSilence_projectId_endsAt_idx" ON "AlertSilence"("projectId", "endsAt");
ALTER TABLE "AlertSilence" ADD CONSTRAINT "AlertSilence_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "AlertChannel" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "shown" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "disabledWhy" TEXT,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "AlertChannel_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "AlertChannel_projectId_name_key" ON "AlertChannel"("projectId", "name");
ALTER TABLE "AlertChannel" ADD CONSTRAINT "AlertChannel_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "AlertDelivery" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "channelId" UUID NOT NULL,
    "dedupeKey" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAttemptAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leaseUntil" TIMESTAMPTZ(3),
    "lastError" TEXT,
    "deliveredAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "AlertDelivery_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "AlertDelivery_channelId_dedupeKey_key" ON "AlertDelivery"("channelId", "dedupeKey");
CREATE INDEX "AlertDelivery_state_nextAttemptAt_idx" ON "AlertDelivery"("state", "nextAttemptAt");
ALTER TABLE "AlertDelivery" ADD CONSTRAINT "AlertDelivery_channelId_fkey" FOREIGN KEY ("channelId") REFERENCES "AlertChannel"("id") ON DELETE CASCADE ON UPDATE CASCADE;
