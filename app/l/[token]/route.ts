import { followLink } from "@/lib/leads/follow-link";

/** A lead's tracked link. */
export async function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const location = await followLink((await params).token, request.headers, new Date());
  return new Response(null, { status: 302, headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer", "x-robots-tag": "noindex" } });
}
