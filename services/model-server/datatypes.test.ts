import { afterAll, expect, test } from "vitest";
import { identityModel, type OnnxTypeName } from "./__fixtures__/onnx-model";
import { startReady, stopServers } from "./__fixtures__/start-server";
import { elementCount } from "./datatypes";

afterAll(stopServers);

// Values as JSON text, so that integers beyond 2^53 can be said; `raw` are the same elements in little-endian bytes.
const le = (size: number, write: (b: Buffer, at: number) => void, count: number) => {
  const b = Buffer.alloc(size * count);
  for (let i = 0; i < count; i++) write(b, i);
  return b;
};
const CASES: [OnnxTypeName, string, Buffer][] = [
  ["BOOL", "[true,false]", Buffer.from([1, 0])],
  ["UINT8", "[0,255]", Buffer.from([0, 255])],
  ["INT8", "[-128,127]", Buffer.from([0x80, 0x7f])],
  ["UINT16", "[0,65535]", Buffer.from([0, 0, 255, 255])],
  ["INT16", "[-32768,32767]", Buffer.from([0, 0x80, 255, 0x7f])],
  ["UINT32", "[0,4294967295]", le(4, (b, i) => b.writeUInt32LE(i ? 4294967295 : 0, i * 4), 2)],
  ["INT32", "[-2147483648,2147483647]", le(4, (b, i) => b.writeInt32LE(i ? 2147483647 : -2147483648, i * 4), 2)],
  ["UINT64", "[9007199254740993,18446744073709551615]", le(8, (b, i) => b.writeBigUInt64LE(i ? 18446744073709551615n : 9007199254740993n, i * 8), 2)],
  ["INT64", "[-9223372036854775808,9007199254740993]", le(8, (b, i) => b.writeBigInt64LE(i ? 9007199254740993n : -9223372036854775808n, i * 8), 2)],
  ["FP16", "[1.5,-65504]", Buffer.from([0x00, 0x3e, 0xff, 0xfb])],
  ["FP32", "[0.5,-3.25]", le(4, (b, i) => b.writeFloatLE(i ? -3.25 : 0.5, i * 4), 2)],
  ["FP64", "[0.1,-1e+300]", le(8, (b, i) => b.writeDoubleLE(i ? -1e300 : 0.1, i * 8), 2)],
  ["BYTES", '["häuschen",""]', Buffer.concat([Buffer.from([9, 0, 0, 0]), Buffer.from("häuschen"), Buffer.alloc(4)])],
];

test.each(CASES)("%s survives JSON and the binary extension exactly, in every mix of the two", async (type, json, raw) => {
  const server = await startReady(identityModel(type));
  const expectedJson = `{"model_name":"m","model_version":"1","outputs":[{"name":"y","datatype":"${type}","shape":[2],"data":${json}}]}`;
  const url = `${server.url}/v2/models/m/infer`;

  const plain = await fetch(url, { method: "POST", body: `{"inputs":[{"name":"x","datatype":"${type}","shape":[2],"data":${json}}]}` });
  expect(await plain.text()).toBe(expectedJson);

  const head = JSON.stringify({ inputs: [{ name: "x", datatype: type, shape: [2], parameters: { binary_data_size: raw.length } }] });
  const binaryIn = await server.infer(Buffer.concat([Buffer.from(head), raw]), { "inference-header-content-length": String(head.length) });
  expect(await binaryIn.text()).toBe(expectedJson);

  const bothHead = JSON.stringify({ inputs: [{ name: "x", datatype: type, shape: [2], parameters: { binary_data_size: raw.length } }], parameters: { binary_data_output: true } });
  const both = await server.infer(Buffer.concat([Buffer.from(bothHead), raw]), { "inference-header-content-length": String(bothHead.length) });
  const answer = Buffer.from(await both.arrayBuffer());
  const jsonLength = Number(both.headers.get("inference-header-content-length"));
  expect(both.headers.get("content-type")).toBe("application/octet-stream");
  expect(JSON.parse(answer.subarray(0, jsonLength).toString()).outputs).toEqual([{ name: "y", datatype: type, shape: [2], parameters: { binary_data_size: raw.length } }]);
  expect(answer.subarray(jsonLength).equals(raw)).toBe(true);
}, 120_000);

test("a scalar has shape [] and one element", () => {
  expect(elementCount([])).toBe(1);
});
