import { describe, expect, it } from "vitest";
import { endpointUrl, ingressOf } from "./endpoint-url";

const of = (ingress: unknown, open = false, targetKind = "eks") => endpointUrl({ project: "harbour", deployment: "vad", public: open, targetKind, ingress });
const alb = { kind: "alb", hostname: "m.example.com", scheme: "internal" };

describe("where callers reach a deployment", () => {
  it("is the gateway on this machine, whatever an edge says", () => expect(of({ kind: "none" }, false, "local")).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/serve\/harbour\/vad$/));
  it("is the edge's host name on a cluster", () => {
    expect(of({ kind: "gateway", gatewayName: "g", gatewayNamespace: "n", hostname: "models.example.com" })).toBe("https://models.example.com/serve/harbour/vad");
    expect(of({ ...alb, certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/1" })).toBe("https://m.example.com/serve/harbour/vad");
  });
  it("is nowhere without an edge, with one that cannot be read, and behind an ALB without a certificate unless it is public", () => {
    for (const nothing of [undefined, null, { kind: "none" }, { kind: "gateway" }, "x"]) expect(of(nothing)).toBeNull();
    expect([of(alb), of(alb, true)]).toEqual([null, "http://m.example.com/serve/harbour/vad"]);
  });
  it("a person's setting comes before what was detected", () => {
    expect(ingressOf({ settings: { ingress: 1 }, detected: { ingress: 2 } })).toBe(1);
    expect(ingressOf({ settings: {}, detected: { ingress: 2 } })).toBe(2);
    expect(ingressOf({ settings: null, detected: null })).toBeUndefined();
  });
});
