import { ensureBootstrapToken } from "@/lib/auth/ensure-bootstrap-token";
import { ensureSetupLink } from "@/lib/auth/links/ensure-setup-link";
import { seed } from "@/lib/db/seed";
import type { Logger } from "@/lib/logger";

/** What must stand in the database before the first request: catalogue, local target, the bootstrap token, the set-up link. */
export async function boot(log: Logger): Promise<void> {
  await seed();
  await ensureBootstrapToken();
  await ensureSetupLink();
  log.info("catalogue, tokens and links are in place");
}
