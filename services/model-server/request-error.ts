/** A request that cannot be answered with a prediction: HTTP status, and words for the caller that say what was expected. */
export class RequestError extends Error {
  constructor(readonly status: 400 | 403 | 404 | 405 | 408 | 413 | 415 | 503, message: string, readonly retryAfterSeconds?: number) {
    super(message);
  }
}

export const badRequest = (message: string) => new RequestError(400, message);
