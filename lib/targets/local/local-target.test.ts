import { expect, test } from "vitest";
import { targetContract } from "@/lib/targets/contract";
import { LocalTarget } from "@/lib/targets/local/local-target";
import { startTestGateway, tinyModel } from "@/services/gateway/__fixtures__/test-gateway";

targetContract("local", async () => {
  const t = await startTestGateway();
  return { target: t.target, runtime: "onnx", goodFiles: async () => [t.put(tinyModel())], brokenFiles: async () => [t.put(Buffer.from("no model"))], stop: t.stop };
});

test("a gateway that is not running is a bad gateway, not an absence", async () => {
  const target = new LocalTarget({ address: async () => ({ port: 1, token: "x" }) });
  await expect(target.observe({ id: "a", project: "p", projectId: "9", deployment: "d" })).rejects.toMatchObject({ code: "bad_gateway" });
  expect((await target.check()).find((f) => f.id === "gateway")).toMatchObject({ status: "missing", fix: "npm run up" });
});

test("a wrong control token is refused", async () => {
  const t = await startTestGateway();
  try {
    const target = new LocalTarget({ address: async () => ({ port: t.gateway.controlPort, token: "wrong" }) });
    await expect(target.list()).rejects.toMatchObject({ code: "bad_gateway" });
  } finally {
    await t.stop();
  }
});
