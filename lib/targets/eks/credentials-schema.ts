import { z } from "zod";

export const roleArnSchema = z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/, "must be the ARN of a role, like arn:aws:iam::123456789012:role/slipway");
export const externalIdSchema = z.string().regex(/^[\w+=,.@:/-]{2,1224}$/, "must be 2 to 1224 letters, digits and +=,.@:/-");
