/** What is shown for a value that is not known. A figure that is unknown is never shown as 0. */
export const UNKNOWN = "unknown";

/** null, undefined, NaN and the infinities are all "not known". */
export const isKnown = (value: number | null | undefined): value is number => typeof value === "number" && Number.isFinite(value);
