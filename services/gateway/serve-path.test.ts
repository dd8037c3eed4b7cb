import { expect, test } from "vitest";
import { parseServePath } from "./serve-path";

test("the address of a deployment, of one of its revisions, and the replica's path", () => {
  expect(parseServePath("/serve/acme/iris/v2/models/iris/infer")).toEqual({ project: "acme", deployment: "iris", revision: null, rest: "/v2/models/iris/infer" });
  expect(parseServePath("/serve/acme/iris@12/v2?x=1")).toEqual({ project: "acme", deployment: "iris", revision: 12, rest: "/v2?x=1" });
  expect(parseServePath("/serve/acme/iris%4012/v2/health/ready")?.revision).toBe(12);
});

test.each([
  "/", "/serve", "/serve/acme/iris", "/serve/acme/iris/", "/serve/acme/iris/metrics", "/serve/acme/iris/internal/sample", "/serve/acme/iris/v2x",
  "/serve/acme/iris/v2/../metrics", "/serve/acme/iris/v2/%2e%2e/metrics", "/serve/acme/iris/v2/%2E./metrics", "/serve/acme/iris/v2//metrics", "/serve/acme/iris/v2/..%2fmetrics",
  "/serve/acme/iris/v2/%5cmetrics", "/serve/acme/iris/v2\\..\\metrics", "/serve/acme/iris/v2/%zz", "/serve/acme/iris/v2/a%00", "/serve/../iris/v2", "/serve/Acme/iris/v2",
  "/serve/acme/iris@0/v2", "/serve/acme/iris@-1/v2", "/serve/acme/iris@1@2/v2", "http://evil.test/serve/acme/iris/v2", "/serve/acme/__proto__/v2",
])("nothing but the inference protocol is reachable: %s", (url) => {
  expect(parseServePath(url)).toBeNull();
});
