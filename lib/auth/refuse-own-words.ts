import { whyWeak } from "@/lib/auth/weak-password";
import { AppError } from "@/lib/errors";

/** Refuses a password made of its owner's name or address. `field` is where the form shows it. */
export function refuseOwnWords(password: string, person: { name: string; email: string }, field: "password" | "newPassword" = "password"): void {
  const why = whyWeak(password, [person.name, person.email]);
  if (why) throw new AppError("invalid_request", `The password ${why}. Choose one that has nothing to do with your name and address.`, { fields: [{ path: field, message: why }] });
}
