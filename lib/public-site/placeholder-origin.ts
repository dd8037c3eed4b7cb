/** Stands in prerendered pages for the URL people open Slipway at, which is known only when it starts. `.invalid` never resolves. */
export const PLACEHOLDER_ORIGIN = "https://slipway.invalid";
