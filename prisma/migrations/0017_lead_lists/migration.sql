-- Lists of companies and people, taken over by a worker row by row.
CREATE TYPE "LeadImportState" AS ENUM ('uploaded', 'checking', 'checked', 'importing', 'done', 'failed');

CREATE TABLE "LeadImport" (
    "id" UUID NOT NULL,
    "filename" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "encoding" TEXT NOT NULL,
    "delimiter" TEXT NOT NULL,
    "headers" JSONB NOT NULL,
    "mapping" JSONB,
    "origin" TEXT,
    "basis" TEXT,
    "state" "LeadImportState" NOT NULL DEFAULT 'uploaded',
    "rowsDone" INTEGER NOT NULL DEFAULT 0,
    "rows" INTEGER,
    "counts" JSONB NOT NULL,
    "fault" TEXT,
    "claimedBy" TEXT,
    "claimedUntil" TIMESTAMP(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "createdById" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMP(3),
    CONSTRAINT "LeadImport_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "LeadImport_state_claimedUntil_idx" ON "LeadImport"("state", "claimedUntil");
CREATE INDEX "LeadImport_createdAt_idx" ON "LeadImport"("createdAt");

CREATE TABLE "LeadImportChunk" (
    "importId" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,
    CONSTRAINT "LeadImportChunk_pkey" PRIMARY KEY ("importId", "n")
);

CREATE TABLE "LeadImportFault" (
    "importId" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "cells" JSONB NOT NULL,
    CONSTRAINT "LeadImportFault_pkey" PRIMARY KEY ("importId", "line")
);

ALTER TABLE "Lead" ADD COLUMN "importId" UUID;
ALTER TABLE "LeadPerson" ADD COLUMN "importId" UUID;
CREATE INDEX "Lead_importId_idx" ON "Lead"("importId");
CREATE INDEX "LeadPerson_importId_idx" ON "LeadPerson"("importId");
-- A lead's history is read from the audit log by its subject.
CREATE INDEX "AuditEntry_subjectKind_subjectId_seq_idx" ON "AuditEntry"("subjectKind", "subjectId", "seq");

ALTER TABLE "LeadImportChunk" ADD CONSTRAINT "LeadImportChunk_importId_fkey" FOREIGN KEY ("importId") REFERENCES "LeadImport"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "LeadImportFault" ADD CONSTRAINT "LeadImportFault_importId_fkey" FOREIGN KEY ("importId") REFERENCES "LeadImport"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Lead" ADD CONSTRAINT "Lead_importId_fkey" FOREIGN KEY ("importId") REFERENCES "LeadImport"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "LeadPerson" ADD CONSTRAINT "LeadPerson_importId_fkey" FOREIGN KEY ("importId") REFERENCES "LeadImport"("id") ON DELETE SET NULL ON UPDATE CASCADE;
