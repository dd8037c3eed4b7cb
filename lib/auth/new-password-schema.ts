import { z } from "zod";

/**
 * A new password, as forms and API check it: length is what counts, so no rule on its characters. Whether it is guessed soon is asked where it is set
 * (refuse-weak-password.ts): the lists that takes are no part of a page.
 */
export const newPasswordSchema = z.string()
  .min(12, "must have at least 12 characters")
  .max(256, "may have at most 256 characters")
  .meta({ description: "12 to 256 characters; not one that is tried first", format: "password" });
