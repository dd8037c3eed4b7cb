import { readiness } from "@/lib/observability/readiness";

export const dynamic = "force-dynamic";

/** Ready: the database answers and the gateway of the local target is reachable. */
export async function GET() {
  const state = await readiness();
  return Response.json(state, { status: state.ready ? 200 : 503, headers: { "cache-control": "no-store" } });
}
