import { db } from "@/lib/db/client";
import { countOwners } from "@/lib/users/owners";

/** Whether the first owner is still to come. */
export const setupIsOpen = async (): Promise<boolean> => (await countOwners(db())) === 0;
