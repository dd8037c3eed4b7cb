import { whyWeak } from "@/lib/auth/weak-password";
import { AppError } from "@/lib/errors";

/** Refuses a password that is guessed soon, its owner's name and address tried among the first. `field` is where the form shows it. */
export function refuseWeakPassword(password: string, person: { name: string; email: string }, field: "password" | "newPassword" = "password"): void {
  const why = whyWeak(password, [person.name, person.email]);
  if (!why) return;
  const instead = "Choose three or four words that have nothing to do with each other, or with you";
  throw new AppError("invalid_request", `The password ${why}. ${instead}.`, { fields: [{ path: field, message: `${why}. ${instead}` }] });
}
