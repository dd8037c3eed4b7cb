-- Contact requests, and the leads they make.
CREATE TYPE "LeadStage" AS ENUM ('new', 'contacted', 'qualified', 'proposal', 'won', 'lost');

CREATE TABLE "Lead" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "domain" TEXT,
    "description" TEXT,
    "industries" TEXT,
    "technologies" TEXT,
    "location" TEXT,
    "linkedinUrl" TEXT,
    "foundedYear" INTEGER,
    "employeesMin" INTEGER,
    "employeesMax" INTEGER,
    "fundingUsd" DECIMAL(16,2),
    "lastFundingOn" DATE,
    "lastFundingType" TEXT,
    "usesGpus" BOOLEAN,
    "buildsAi" BOOLEAN,
    "source" TEXT NOT NULL,
    "stage" "LeadStage" NOT NULL DEFAULT 'new',
    "stageAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "nextStep" TEXT,
    "nextStepOn" DATE,
    "score" INTEGER NOT NULL DEFAULT 0,
    "rulesVersion" INTEGER NOT NULL DEFAULT 0,
    "linkToken" TEXT NOT NULL,
    "linkPath" TEXT NOT NULL DEFAULT '/',
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "Lead_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Lead_domain_key" ON "Lead"("domain");
CREATE UNIQUE INDEX "Lead_linkToken_key" ON "Lead"("linkToken");
-- One company a name, as long as no domain tells two apart.
CREATE UNIQUE INDEX "Lead_nameKey_without_domain" ON "Lead"("nameKey") WHERE "domain" IS NULL;
CREATE INDEX "Lead_nameKey_idx" ON "Lead"("nameKey");
CREATE INDEX "Lead_stage_score_id_idx" ON "Lead"("stage", "score" DESC, "id");
CREATE INDEX "Lead_score_id_idx" ON "Lead"("score" DESC, "id");
CREATE INDEX "Lead_nextStepOn_idx" ON "Lead"("nextStepOn");

CREATE TABLE "LeadPerson" (
    "id" UUID NOT NULL,
    "leadId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "email" TEXT,
    "title" TEXT,
    "linkedinUrl" TEXT,
    "location" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "LeadPerson_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "LeadPerson_leadId_email_key" ON "LeadPerson"("leadId", "email");
CREATE INDEX "LeadPerson_email_idx" ON "LeadPerson"("email");
CREATE INDEX "LeadPerson_leadId_nameKey_idx" ON "LeadPerson"("leadId", "nameKey");

CREATE TABLE "LeadNote" (
    "id" UUID NOT NULL,
    "leadId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "LeadNote_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "LeadNote_leadId_id_idx" ON "LeadNote"("leadId", "id");

CREATE TABLE "LeadVisit" (
    "leadId" UUID NOT NULL,
    "day" DATE NOT NULL,
    "count" INTEGER NOT NULL,
    "lastAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "LeadVisit_pkey" PRIMARY KEY ("leadId", "day")
);

CREATE TABLE "ContactRequest" (
    "id" UUID NOT NULL,
    "leadId" UUID NOT NULL,
    "personId" UUID,
    "formKey" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "company" TEXT,
    "message" TEXT NOT NULL,
    "consent" TEXT NOT NULL,
    "origin" JSONB NOT NULL,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "mailedAt" TIMESTAMP(3),
    "hookedAt" TIMESTAMP(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAttemptAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastFault" TEXT,
    CONSTRAINT "ContactRequest_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "ContactRequest_formKey_key" ON "ContactRequest"("formKey");
CREATE INDEX "ContactRequest_email_idx" ON "ContactRequest"("email");
CREATE INDEX "ContactRequest_leadId_idx" ON "ContactRequest"("leadId");

ALTER TABLE "LeadPerson" ADD CONSTRAINT "LeadPerson_leadId_fkey" FOREIGN KEY ("leadId") REFERENCES "Lead"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "LeadNote" ADD CONSTRAINT "LeadNote_leadId_fkey" FOREIGN KEY ("leadId") REFERENCES "Lead"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "LeadVisit" ADD CONSTRAINT "LeadVisit_leadId_fkey" FOREIGN KEY ("leadId") REFERENCES "Lead"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ContactRequest" ADD CONSTRAINT "ContactRequest_leadId_fkey" FOREIGN KEY ("leadId") REFERENCES "Lead"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ContactRequest" ADD CONSTRAINT "ContactRequest_personId_fkey" FOREIGN KEY ("personId") REFERENCES "LeadPerson"("id") ON DELETE SET NULL ON UPDATE CASCADE;
