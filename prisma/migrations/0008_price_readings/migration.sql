-- What was read of AWS, the last good answer of each kind and region, and how the last try went.
CREATE TABLE "PriceReading" (
    "kind" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "data" JSONB,
    "source" TEXT,
    "asOf" TIMESTAMP(3),
    "triedAt" TIMESTAMP(3) NOT NULL,
    "problem" TEXT,
    "account" TEXT,
    CONSTRAINT "PriceReading_pkey" PRIMARY KEY ("kind", "region")
);
