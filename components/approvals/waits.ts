import type { ApprovalDto } from "@/lib/approvals/schema";

/** Whether the API answered that a change waits (202) rather than that it is made. */
export const waits = (answer: unknown): answer is { approval: ApprovalDto } => typeof answer === "object" && answer !== null && "approval" in answer;

export const WAITS_HREF = "/app/approvals";
/** For a toast. */
export const waitsWords = (deployment: string): string => `${deployment} waits for approval; nothing has changed yet`;
