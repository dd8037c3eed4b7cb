/** One measured thing: its features and the index of its class. */
export type LabelledRow = { features: readonly number[]; label: number };

/** Softmax regression on the raw features: `weights` by rows (feature × class), then one bias a class. */
export type SoftmaxModel = { features: number; classes: number; weights: number[]; bias: number[] };

export type TrainingOptions = { steps: number; learningRate: number; /** L2 penalty on the weights of the standardised features. */ penalty: number };

/**
 * Softmax regression by full-batch gradient descent, from zero: the same rows give the same model, without a random start.
 * Features are standardised for the descent and the scaling is folded into the answer, so the model takes raw measurements.
 */
export function trainSoftmax(rows: readonly LabelledRow[], classes: number, { steps, learningRate, penalty }: TrainingOptions): SoftmaxModel {
  const features = rows[0]?.features.length ?? 0;
  const means = Array.from({ length: features }, (_, j) => rows.reduce((sum, r) => sum + r.features[j]!, 0) / rows.length);
  const deviations = means.map((mean, j) => Math.sqrt(rows.reduce((sum, r) => sum + (r.features[j]! - mean) ** 2, 0) / rows.length));
  const scaled = rows.map((r) => r.features.map((value, j) => (value - means[j]!) / deviations[j]!));
  const weights = new Float64Array(features * classes);
  const bias = new Float64Array(classes);
  for (let step = 0; step < steps; step++) {
    const slope = weights.map((w) => penalty * w);
    const biasSlope = new Float64Array(classes);
    for (const [i, x] of scaled.entries()) {
      const probabilities = softmax(Array.from({ length: classes }, (_, k) => x.reduce((sum, value, j) => sum + value * weights[j * classes + k]!, bias[k]!)));
      for (const [k, p] of probabilities.entries()) {
        const error = (p - (rows[i]!.label === k ? 1 : 0)) / rows.length;
        biasSlope[k]! += error;
        for (const [j, value] of x.entries()) slope[j * classes + k]! += error * value;
      }
    }
    for (const [i, s] of slope.entries()) weights[i]! -= learningRate * s;
    for (const [k, s] of biasSlope.entries()) bias[k]! -= learningRate * s;
  }
  const raw = Array.from(weights, (w, i) => w / deviations[Math.floor(i / classes)]!);
  return { features, classes, weights: raw, bias: Array.from(bias, (b, k) => b - means.reduce((sum, mean, j) => sum + mean * raw[j * classes + k]!, 0)) };
}

/** Probability of each class for one row of raw features. */
export function predictSoftmax(model: SoftmaxModel, features: readonly number[]): number[] {
  return softmax(model.bias.map((b, k) => features.reduce((sum, value, j) => sum + value * model.weights[j * model.classes + k]!, b)));
}

/** Share of rows whose likeliest class is the right one. */
export function accuracyOf(model: SoftmaxModel, rows: readonly LabelledRow[]): number {
  const right = rows.filter((r) => {
    const p = predictSoftmax(model, r.features);
    return p.indexOf(Math.max(...p)) === r.label;
  });
  return right.length / rows.length;
}

function softmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits);
  const powers = logits.map((l) => Math.exp(l - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((p) => p / sum);
}
