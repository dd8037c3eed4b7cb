import { ApiProblem } from "@/lib/api-client/api-problem";

/** Whatever a call threw, as something that can be shown. */
export const asProblem = (cause: unknown): ApiProblem =>
  cause instanceof ApiProblem ? cause : new ApiProblem({ status: 0, code: "unreadable", detail: "Something in this page went wrong. Reload it and try again.", cause });
