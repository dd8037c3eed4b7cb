import fs from "node:fs";
import { chromium, type Browser } from "@playwright/test";

/** The real Chromium that the journeys use: named by scripts/test.ts, the system's, or the one that was installed for them. */
export function openBrowser(): Promise<Browser> {
  const named = process.env.SLIPWAY_TEST_CHROMIUM ?? (fs.existsSync("/usr/bin/chromium") ? "/usr/bin/chromium" : undefined);
  return chromium.launch({ ...(named ? { executablePath: named } : {}), args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
}
