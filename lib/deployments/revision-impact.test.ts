import { expect, it } from "vitest";
import { revisionImpact } from "@/lib/deployments/revision-impact";

it("tells image, files and the month of each side; no price stays unknown", () => {
  const impact = revisionImpact({ revision: { digest: "sha256:a", pricePerHour: 1.006 }, image: null }, { revision: { digest: "sha256:b", pricePerHour: null }, image: "r.example.com/m@sha256:c" }, { min: 1, max: 3 });
  expect(impact).toEqual({
    replicas: { min: 1, max: 3 }, from: { image: null, digest: "sha256:a", monthlyUsd: { min: 734.38, max: 2203.14 } }, to: { image: "r.example.com/m@sha256:c", digest: "sha256:b", monthlyUsd: null },
  });
});
