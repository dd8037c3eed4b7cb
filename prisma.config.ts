import { defineConfig } from "prisma/config";

export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
  // Only `prisma migrate` reads this; the product applies migrations itself (lib/db/migrate.ts).
  datasource: { url: process.env.DATABASE_MIGRATION_URL ?? "" },
});
