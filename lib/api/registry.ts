import type { AnyEndpoint } from "@/lib/api/endpoint";
import * as alerts from "@/lib/api/endpoints/alerts";
import * as approvals from "@/lib/api/endpoints/approvals";
import * as artifacts from "@/lib/api/endpoints/artifacts";
import * as audit from "@/lib/api/endpoints/audit";
import * as budgets from "@/lib/api/endpoints/budgets";
import * as deployments from "@/lib/api/endpoints/deployments";
import * as deploymentChanges from "@/lib/api/endpoints/deployment-changes";
import * as deploymentHistory from "@/lib/api/endpoints/deployment-history";
import * as drills from "@/lib/api/endpoints/drills";
import * as edgeTokens from "@/lib/api/endpoints/edge-tokens";
import * as environments from "@/lib/api/endpoints/environments";
import * as events from "@/lib/api/endpoints/events";
import * as fleet from "@/lib/api/endpoints/fleet";
import * as forecasts from "@/lib/api/endpoints/forecasts";
import * as grafana from "@/lib/api/endpoints/grafana";
import * as images from "@/lib/api/endpoints/images";
import * as imports from "@/lib/api/endpoints/imports";
import * as leadLists from "@/lib/api/endpoints/lead-lists";
import * as leads from "@/lib/api/endpoints/leads";
import * as loadTests from "@/lib/api/endpoints/load-tests";
import * as me from "@/lib/api/endpoints/me";
import * as measures from "@/lib/api/endpoints/measures";
import * as members from "@/lib/api/endpoints/members";
import * as meta from "@/lib/api/endpoints/meta";
import * as advice from "@/lib/api/endpoints/advice";
import * as costs from "@/lib/api/endpoints/costs";
import * as costSources from "@/lib/api/endpoints/cost-sources";
import * as metricsSources from "@/lib/api/endpoints/metrics-sources";
import * as models from "@/lib/api/endpoints/models";
import * as overview from "@/lib/api/endpoints/overview";
import * as prices from "@/lib/api/endpoints/prices";
import * as profiles from "@/lib/api/endpoints/profiles";
import * as projects from "@/lib/api/endpoints/projects";
import * as samples from "@/lib/api/endpoints/samples";
import * as secrets from "@/lib/api/endpoints/secrets";
import * as setup from "@/lib/api/endpoints/setup";
import * as targetDiscovery from "@/lib/api/endpoints/target-discovery";
import * as targets from "@/lib/api/endpoints/targets";
import * as tokens from "@/lib/api/endpoints/tokens";
import * as users from "@/lib/api/endpoints/users";
import * as versions from "@/lib/api/endpoints/versions";

/** Every endpoint of the REST API. OpenAPI is made from it, and a test holds it against the route files. */
export const ENDPOINTS: AnyEndpoint[] = [
  meta, overview, setup, me, tokens, users, audit, projects, environments, members, secrets, models, versions, imports, images, samples, profiles, prices, targets, targetDiscovery, metricsSources, costSources, grafana, deployments, deploymentChanges, deploymentHistory, approvals, artifacts, drills, edgeTokens, measures, fleet, forecasts, costs, advice, budgets, alerts, loadTests, events,
  leads, leadLists,
].flatMap((module) => Object.values(module));
