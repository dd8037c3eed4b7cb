-- Which addresses of a mail channel have a message already: a later attempt goes to the others alone.
ALTER TABLE "AlertDelivery" ADD COLUMN "takenBy" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
