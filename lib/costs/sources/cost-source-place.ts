/** The place a cost source's header is sealed for: moved to another target it does not open. */
export const costSourcePlace = (target: string): string => `cost-source:${target}`;
