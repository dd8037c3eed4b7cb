-- Steps and limits by which a canary moves by itself, and whether a person holds it.
ALTER TABLE "Deployment" ADD COLUMN "canaryPlan" JSONB, ADD COLUMN "canaryPaused" BOOLEAN NOT NULL DEFAULT false;
