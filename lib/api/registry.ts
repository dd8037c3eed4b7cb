import type { AnyEndpoint } from "@/lib/api/endpoint";
import * as meta from "@/lib/api/endpoints/meta";
import * as models from "@/lib/api/endpoints/models";
import * as profiles from "@/lib/api/endpoints/profiles";
import * as projects from "@/lib/api/endpoints/projects";
import * as targets from "@/lib/api/endpoints/targets";
import * as versions from "@/lib/api/endpoints/versions";

/** Every endpoint of the REST API. OpenAPI is made from it, and a test holds it against the route files. */
export const ENDPOINTS: AnyEndpoint[] = [meta, projects, models, versions, profiles, targets].flatMap((module) => Object.values(module));
