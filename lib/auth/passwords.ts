import { hash, verify } from "@node-rs/argon2";
import { z } from "zod";

/** A new password, as forms and API check it: length is what counts, so no rule on its characters. */
export const newPasswordSchema = z.string()
  .min(12, "must have at least 12 characters")
  .max(256, "may have at most 256 characters")
  .meta({ description: "12 to 256 characters", format: "password" });

/** argon2id with the library's defaults (19 MiB, two passes). */
export const hashPassword = (password: string): Promise<string> => hash(password);

/** False for a wrong password and for a stored value that is no argon2 hash. */
export const verifyPassword = (stored: string, password: string): Promise<boolean> => verify(stored, password).catch(() => false);
