/**
 * Thrown by a reader when a file is malformed or hostile. `inspectSet` turns it into a `danger` finding and the verdict "refused".
 * The message is for the uploader: what is wrong, and what to do about it.
 */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly path?: string,
  ) {
    super(message);
    this.name = "Refusal";
  }
}
