import { z } from "zod";

/** Signing in by password, as the form and the API check it. */
export const signInSchema = z.object({ email: z.email("must be an e-mail address").max(254), password: z.string().min(1, "must not be empty").max(256) });
