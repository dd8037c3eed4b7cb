import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { proofCount, proofTimeIsUp, reportProof } from "@/e2e/report-proof";
import { buildTar, buildZip } from "./__corpus__/build-archives";
import { buildLinearModel } from "@/lib/samples/build-onnx";
import { callStackGlobal, torchStateDict } from "./__corpus__/build-pickles";
import { buildSafetensors, buildTinyLlama } from "./__corpus__/build-tensors";
import { inspectSet } from "./inspect-set";
import { bufferFile } from "./slice";

// `npm run prove` raises the count and gives the seed of the commit; by default a small sample with a fixed seed.
const RUNS = proofCount("PROVE_FUZZ", 300); // of each kind of file
const SEED = Number(process.env.PROVE_SEED ?? 20_261_124);
const yaml = { name: "bento.yaml", content: "service: s\nname: n\n" };

const seeds: Record<string, Buffer> = {
  onnx: Buffer.from(buildLinearModel({ inputs: 3, outputs: 2 })),
  safetensors: buildSafetensors({ a: { dtype: "F32", shape: [2], data_offsets: [0, 8] }, b: { dtype: "I8", shape: [3], data_offsets: [8, 11] } }, Buffer.alloc(11)),
  gguf: buildTinyLlama(),
  pickle: callStackGlobal("collections", "OrderedDict"),
  pt: buildZip([{ name: "m/data.pkl", content: torchStateDict(), deflate: true }, { name: "m/data/0", content: Buffer.alloc(16) }]),
  mar: buildZip([{ name: "MAR-INF/MANIFEST.json", content: Buffer.from('{"model":{"modelName":"m"}}') }]),
  bento: buildTar([yaml]),
  "bento.gz": gzipSync(buildTar([yaml])),
};

type Mutation = { at: number; kind: "flip" | "set" | "cut" | "insert" | "copy"; value: number };
const mutation = fc.record<Mutation>({ at: fc.double({ min: 0, max: 0.999, noNaN: true }), kind: fc.constantFrom("flip", "set", "cut", "insert", "copy"), value: fc.integer({ min: 0, max: 255 }) });

function mutate(seed: Buffer, mutations: Mutation[]): Buffer {
  let bytes = Buffer.from(seed);
  for (const { at, kind, value } of mutations) {
    const i = Math.floor(at * bytes.length);
    if (kind === "flip") bytes[i] = (bytes[i] ?? 0) ^ (1 << (value & 7));
    else if (kind === "set") bytes[i] = value;
    else if (kind === "cut") bytes = Buffer.concat([bytes.subarray(0, i), bytes.subarray(i + value)]);
    else if (kind === "insert") bytes = Buffer.concat([bytes.subarray(0, i), Buffer.alloc(value % 16, value), bytes.subarray(i)]);
    else bytes = Buffer.concat([bytes, bytes.subarray(i, i + value)]);
  }
  return bytes;
}

/** In batches, each with a seed of its own, until the count or the time given is used up. Says how many it was. */
async function assertMany<T extends [unknown, ...unknown[]]>(what: string, property: fc.IAsyncPropertyWithHooks<T>): Promise<void> {
  const began = Date.now();
  let done = 0;
  for (let batch = 0; done < RUNS && !proofTimeIsUp(began); batch++) {
    const numRuns = Math.min(2000, RUNS - done);
    await fc.assert(property, { numRuns, seed: SEED + batch });
    done += numRuns;
  }
  reportProof(`${done} ${what}`);
}

test.each(Object.keys(seeds))("mutated %s files never crash or hang the readers, and are always told apart by a verdict", async (name) => {
  await assertMany(
    name,
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 6 }), async (mutations) => {
      const started = process.cpuUsage();
      const inspection = await inspectSet([bufferFile(`model.${name}`, mutate(seeds[name] as Buffer, mutations))]);
      expect(["accepted", "quarantined", "refused"]).toContain(inspection.verdict);
      expect(process.cpuUsage(started).user).toBeLessThan(2_000_000);
      if (inspection.verdict !== "accepted") expect(inspection.findings.length).toBeGreaterThan(0);
      if (["pickle", "pytorch", "mar", "bento", "unknown"].includes(inspection.format)) expect(inspection.verdict).not.toBe("accepted");
      if (inspection.parameters !== null) expect(inspection.parameters >= 0n).toBe(true);
    }),
  );
}, 3_600_000);

test("random bytes with every known magic never crash the readers", async () => {
  const magic = fc.constantFrom("", "GGUF", "PK\x03\x04", "\x80\x04", "\x1f\x8b\x08", "\x08\x08\x3a", "\x10\x00\x00\x00\x00\x00\x00\x00{", "\x78\x9c", "(", "cos\n");
  await assertMany(
    "random bytes",
    fc.asyncProperty(magic, fc.uint8Array({ maxLength: 600 }), async (start, rest) => {
      const inspection = await inspectSet([bufferFile("upload", Buffer.concat([Buffer.from(start, "latin1"), rest]))]);
      expect(["accepted", "quarantined", "refused"]).toContain(inspection.verdict);
    }),
  );
}, 3_600_000);
