import { randomUUID } from "node:crypto";
import { problemResponse } from "@/lib/api/problem";
import { notFound } from "@/lib/errors";

// Every address under /api that no route has. A program gets the same kind of refusal as everywhere, not a page.
const nothing = () => problemResponse(notFound("resource"), randomUUID());

export { nothing as GET, nothing as POST, nothing as PUT, nothing as PATCH, nothing as DELETE };
