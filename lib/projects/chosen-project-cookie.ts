/** Keeps which project's things the portal shows. Set by the browser; grants nothing. */
export const CHOSEN_PROJECT_COOKIE = "slipway-project";
