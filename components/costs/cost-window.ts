export const COST_PAGE_WINDOWS = ["24h", "7d", "30d"] as const;
export type CostPageWindow = (typeof COST_PAGE_WINDOWS)[number];

/** The window that a page's URL asks for; seven days where it asks for none or for something else. */
export const costWindowOf = (asked: string | string[] | undefined): CostPageWindow => COST_PAGE_WINDOWS.find((w) => w === asked) ?? "7d";
