import fs from "node:fs";
import path from "node:path";
import { IRIS_TRAINING, parseIris, trainIris } from "@/lib/samples/iris/iris";
import { accuracyOf } from "@/lib/samples/iris/train-softmax";

// npx tsx examples/iris/train.ts: trains the sample again and writes its weights. The result is the same each time.
const folder = path.resolve(import.meta.dirname, "../../lib/samples/iris");
const { model, train, test } = trainIris(parseIris(fs.readFileSync(path.join(folder, "iris.csv"), "utf8")));
const rounded = (values: number[]) => values.map((v) => Number(v.toFixed(6)));
fs.writeFileSync(path.join(folder, "iris-weights.json"), `${JSON.stringify({ weights: rounded(model.weights), bias: rounded(model.bias) })}\n`);
const share = (rows: typeof train) => `${Math.round(accuracyOf(model, rows) * rows.length)} of ${rows.length} right (${(accuracyOf(model, rows) * 100).toFixed(1)} %)`;
console.log(`seed ${IRIS_TRAINING.seed}: on the rows trained with, ${share(train)}; on rows never seen, ${share(test)}`);
