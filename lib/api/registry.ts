import type { AnyEndpoint } from "@/lib/api/endpoint";
import * as meta from "@/lib/api/endpoints/meta";
import * as projects from "@/lib/api/endpoints/projects";

/** Every endpoint of the REST API. OpenAPI is made from it, and a test holds it against the route files. */
export const ENDPOINTS: AnyEndpoint[] = [meta, projects].flatMap((module) => Object.values(module));
