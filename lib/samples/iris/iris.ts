import { buildClassifier } from "@/lib/samples/build-onnx";
import trained from "./iris-weights.json";
import { splitRows } from "./split-rows";
import { trainSoftmax, type LabelledRow } from "./train-softmax";

/** In the order of the model's outputs. */
export const IRIS_SPECIES = ["setosa", "versicolor", "virginica"] as const;


/** How the committed weights were made; examples/iris/train.ts makes them again. */
export const IRIS_TRAINING = { seed: 1936, testShare: 0.2, steps: 4000, learningRate: 0.5, penalty: 0.001 } as const;

/** Rows of iris.csv, as labelled rows in its order. */
export function parseIris(csv: string): LabelledRow[] {
  return csv.trim().split("\n").slice(1).map((line) => {
    const cells = line.split(",");
    return { features: cells.slice(0, 4).map(Number), label: IRIS_SPECIES.indexOf(cells[4] as (typeof IRIS_SPECIES)[number]) };
  });
}

/** Trains on four fifths of the rows; the fifth that was set aside says how good it is. */
export function trainIris(rows: LabelledRow[]) {
  const parts = splitRows(rows, IRIS_TRAINING.testShare, IRIS_TRAINING.seed);
  return { model: trainSoftmax(parts.train, IRIS_SPECIES.length, IRIS_TRAINING), ...parts };
}

/** iris.onnx: `measurements` FP32 [batch, 4] in centimetres -> `probabilities` FP32 [batch, 3] and `species` INT64 [batch]. The same bytes each time. */
export function irisOnnx(): Uint8Array {
  return buildClassifier({
    input: "measurements", classLabels: IRIS_SPECIES, weights: trained.weights, bias: trained.bias,
    description: "Species of an iris from sepal length, sepal width, petal length and petal width in cm.",
  });
}

/** A request the model answers: two flowers of Fisher's table, a setosa and a virginica. */
export const IRIS_EXAMPLE = { inputs: [{ name: "measurements", datatype: "FP32", shape: [2, 4], data: [5.1, 3.5, 1.4, 0.2, 6.3, 3.3, 6.0, 2.5] }] };
