import { expect, it } from "vitest";
import { revisionImpact, type Side } from "@/lib/deployments/revision-impact";

const side = (digest: string, pricePerHour: number | null, image: string | null, replicas: Side["replicas"]): Side => ({
  image, replicas,
  revision: { revision: 1, model: "m", version: 1, digest, format: "onnx", profile: "small", profileName: "Small", pricePerHour, runtime: "onnx", env: {}, secrets: {}, queueLimit: 1, reason: "", createdAt: "2026-11-01T00:00:00Z", createdBy: "x", role: "past" },
});

it("tells image, files, replicas and the month of each side; no price stays unknown", () => {
  const impact = revisionImpact(side("sha256:a", 1.006, null, { min: 1, max: 3 }), side("sha256:b", null, "r.example.com/m@sha256:c", { min: 1, max: 4 }));
  expect(impact).toEqual({
    from: { image: null, digest: "sha256:a", profile: "small", replicas: { min: 1, max: 3 }, monthlyUsd: { min: 734.38, max: 2203.14 } },
    to: { image: "r.example.com/m@sha256:c", digest: "sha256:b", profile: "small", replicas: { min: 1, max: 4 }, monthlyUsd: null },
  });
});
