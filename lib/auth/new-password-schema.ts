import { z } from "zod";
import { whyWeak } from "@/lib/auth/weak-password";

/** A new password, as forms and API check it: length is what counts, so no rule on its characters; what is guessed at once is refused. */
export const newPasswordSchema = z.string()
  .min(12, "must have at least 12 characters")
  .max(256, "may have at most 256 characters")
  .superRefine((password, ctx) => {
    const why = password.length > 256 ? null : whyWeak(password);
    if (why) ctx.addIssue({ code: "custom", message: `${why}. Choose three or four words that have nothing to do with each other` });
  })
  .meta({ description: "12 to 256 characters; not one that is tried first", format: "password" });
