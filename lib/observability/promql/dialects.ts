import type { Dialect } from "@/lib/observability/promql/dialect";
import { bentoml } from "@/lib/observability/promql/dialects/bentoml";
import { http } from "@/lib/observability/promql/dialects/http";
import { mlserver } from "@/lib/observability/promql/dialects/mlserver";
import { slipway } from "@/lib/observability/promql/dialects/slipway";
import { torchserve } from "@/lib/observability/promql/dialects/torchserve";
import { triton } from "@/lib/observability/promql/dialects/triton";
import { vllm } from "@/lib/observability/promql/dialects/vllm";
import type { ServingRuntime } from "@/lib/serving/serving-runtime";

/** One a serving runtime: a runtime without one does not compile. */
export const DIALECTS: Record<ServingRuntime["dialect"], Dialect> = { slipway, triton, vllm, mlserver, torchserve, bentoml, http };
