-- A bounded load test of a deployment, run by a worker under a lease.
CREATE TABLE "LoadTest" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "deploymentId" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "plan" JSONB NOT NULL,
    "request" JSONB NOT NULL,
    "subject" JSONB NOT NULL,
    "progress" JSONB,
    "steps" JSONB NOT NULL DEFAULT '[]',
    "error" TEXT,
    "leaseOwner" TEXT,
    "leaseUntil" TIMESTAMPTZ(3),
    "createdById" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    CONSTRAINT "LoadTest_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "LoadTest_deploymentId_id_idx" ON "LoadTest"("deploymentId", "id");
CREATE INDEX "LoadTest_state_createdAt_idx" ON "LoadTest"("state", "createdAt");
-- One at a time a deployment, whoever asks and however many do at once.
CREATE UNIQUE INDEX "LoadTest_one_open" ON "LoadTest"("deploymentId") WHERE "state" IN ('queued', 'running');
ALTER TABLE "LoadTest" ADD CONSTRAINT "LoadTest_deploymentId_fkey" FOREIGN KEY ("deploymentId") REFERENCES "Deployment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Where people look at a target's measures in Grafana. What signs in is sealed.
CREATE TABLE "TargetGrafana" (
    "targetId" UUID NOT NULL,
    "config" JSONB NOT NULL,
    "credentials" BYTEA,
    "pushed" JSONB,
    "pushedAt" TIMESTAMPTZ(3),
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "TargetGrafana_pkey" PRIMARY KEY ("targetId")
);
ALTER TABLE "TargetGrafana" ADD CONSTRAINT "TargetGrafana_targetId_fkey" FOREIGN KEY ("targetId") REFERENCES "Target"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A process of Slipway that was seen, and when last; and how each periodic job's last run went.
CREATE TABLE "ProcessBeat" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',
    CONSTRAINT "ProcessBeat_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "JobRun" (
    "name" TEXT NOT NULL,
    "everyMs" INTEGER NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3) NOT NULL,
    "succeededAt" TIMESTAMPTZ(3),
    "error" TEXT,
    CONSTRAINT "JobRun_pkey" PRIMARY KEY ("name")
);
