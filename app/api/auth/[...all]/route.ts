import { serveAuth } from "@/lib/auth/serve-auth";

// Outside the REST API's wrapper: cookies are set here. What is let through, and under which policy, is AUTH_ROUTES in serve-auth.ts.
export const GET = serveAuth;
export const POST = serveAuth;
