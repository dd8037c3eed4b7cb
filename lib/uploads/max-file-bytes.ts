/** Largest single file of a model, in bytes, whichever way it comes. */
export const MAX_FILE_BYTES = 200 * 1024 ** 3;
