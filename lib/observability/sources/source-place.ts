/** The place a source's secret is sealed for: moved to another target it does not open. */
export const sourcePlace = (target: string): string => `metrics-source:${target}`;
