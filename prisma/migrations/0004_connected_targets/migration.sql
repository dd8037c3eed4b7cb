-- What a cluster needs beside its address: sealed credentials, what a person set, what the last check found.
ALTER TABLE "Target" ADD COLUMN "credentials" BYTEA;
ALTER TABLE "Target" ADD COLUMN "settings" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "Target" ADD COLUMN "detected" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "Target" ADD COLUMN "findings" JSONB;
ALTER TABLE "Target" ADD COLUMN "checkedAt" TIMESTAMP(3);
ALTER TABLE "Target" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- Where the deployments of an environment go; NULL: wherever one asks for.
ALTER TABLE "Environment" ADD COLUMN "targetId" UUID;
CREATE INDEX "Environment_targetId_idx" ON "Environment"("targetId");
ALTER TABLE "Environment" ADD CONSTRAINT "Environment_targetId_fkey" FOREIGN KEY ("targetId") REFERENCES "Target"("id") ON DELETE SET NULL ON UPDATE CASCADE;
