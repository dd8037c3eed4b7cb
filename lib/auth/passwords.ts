import { hash, verify } from "@node-rs/argon2";

/** argon2id with the library's defaults (19 MiB, two passes). */
export const hashPassword = (password: string): Promise<string> => hash(password);

/** False for a wrong password and for a stored value that is no argon2 hash. */
export const verifyPassword = (stored: string, password: string): Promise<boolean> => verify(stored, password).catch(() => false);
