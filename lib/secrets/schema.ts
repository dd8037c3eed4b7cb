import { z } from "zod";
import { isoTime, slugSchema } from "@/lib/api/schema";

/** As an environment variable is named: that is what a deployment makes of it. */
export const secretNameSchema = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/, "must be letters, digits and underscores, not starting with a digit, at most 63");
export const secretParams = z.object({ project: slugSchema, name: secretNameSchema });
export const putSecretSchema = z.strictObject({ value: z.string().min(1, "must not be empty").max(32_768, "may have at most 32768 characters") }).meta({ id: "PutSecret", examples: [{ value: "the value itself" }] });
export const secretSchema = z.object({ name: z.string(), createdAt: isoTime, updatedAt: isoTime }).meta({ id: "Secret", description: "A secret is write-only: its value is in no answer" });
export type SecretDto = z.infer<typeof secretSchema>;
