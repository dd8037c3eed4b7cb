import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** The themes differ in colour alone. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];
/** The API's own reference is another's component, in a shadow of its own: its look is not ours to judge. */
const NOT_OURS = ".scalar-app";

/** What axe finds on the page as it is now, in both themes, in words. */
export async function axeFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    // Colours on their way from one theme to the other belong to neither. Brought to their end, not waited for: one that starts while no frame is drawn never ends by itself.
    await page.evaluate(() => {
      for (const animation of document.getAnimations()) if (animation instanceof CSSTransition) animation.finish();
    });
    // No page has a frame of another origin: so axe may judge in the page itself, and opens no second one to do it in.
    const axe = new AxeBuilder({ page }).exclude(NOT_OURS).setLegacyMode();
    const { violations } = await (theme === "dark" ? axe.withRules(COLOUR_RULES) : axe).analyze();
    for (const v of violations) faults.push(`${theme} ${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(", ")}`);
  }
  return faults;
}

export async function expectAccessible(page: Page): Promise<void> {
  expect(await axeFaults(page), page.url()).toEqual([]);
}
