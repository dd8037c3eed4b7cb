-- With a minimum of zero replicas: quiet time after which the last one stops.
ALTER TABLE "Deployment" ADD COLUMN "idleSecondsBeforeZero" INTEGER NOT NULL DEFAULT 300;
